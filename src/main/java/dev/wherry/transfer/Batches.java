package dev.wherry.transfer;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Looking for something to show, a batch at a time. */
public final class Batches {
    private Batches() {}

    /**
     * The first batch in which there is something; an empty one at the end. It is a loop and no chain of futures: a
     * million entries may come before the first that is shown, and a chain is undone in one go.
     *
     * @param look answers a batch, which may be empty
     * @param isOver whether nothing is left to look at
     */
    public static <T> Future<List<T>> first(Supplier<Future<List<T>>> look, BooleanSupplier isOver) {
        var found = Promise.<List<T>>promise();
        search(look, isOver, found);
        return found.future();
    }

    private static <T> void search(Supplier<Future<List<T>>> look, BooleanSupplier isOver, Promise<List<T>> found) {
        while (!isOver.getAsBoolean()) {
            var batch = look.get();
            if (!batch.isComplete()) {
                batch.onFailure(found::tryFail).onSuccess(late -> {
                    if (late.isEmpty()) {
                        search(look, isOver, found);
                    } else {
                        found.tryComplete(late);
                    }
                });
                return;
            }
            if (batch.failed() || !batch.result().isEmpty()) {
                batch.onFailure(found::tryFail).onSuccess(found::tryComplete);
                return;
            }
        }
        found.tryComplete(List.of());
    }
}
