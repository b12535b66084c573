package dev.wherry.storage.backend.disk;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Group commit for folders: one sync makes durable whatever was done in the folder before the sync <em>started</em>.
 * Who comes while one runs has done his work after its start, perhaps, and waits for the next, together with all others
 * who come meanwhile. One folder is never synced twice at once.
 *
 * <p>A sync that fails fails all whom it served. A later one of the same folder may succeed, and then it is true: names
 * go through the file system's journal, which stops at its first failure, unlike the pages of a file.
 */
final class FolderSync {
    private final Vertx vertx;
    private final Function<Callable<Integer>, Future<Integer>> pool;

    /** Who waits for the next sync of a folder that is being synced now; guarded by {@code this}. */
    private final Map<Object, List<Waiter>> waiting = new HashMap<>();

    FolderSync(Vertx vertx, Function<Callable<Integer>, Future<Integer>> pool) {
        this.vertx = vertx;
        this.pool = pool;
    }

    /** Syncs a folder, which stays open until the future completes. */
    Future<Void> sync(Descriptor folder) {
        return sync(folder.identity(), folder::sync);
    }

    /**
     * @param folder what tells one folder from another
     * @param sync syncs it; it can serve others too
     */
    Future<Void> sync(Object folder, Runnable sync) {
        var waiter = new Waiter(Answer.toCaller(vertx), sync);
        synchronized (this) {
            var next = waiting.get(folder);
            if (next != null) {
                next.add(waiter);
                return waiter.answer.future().mapEmpty();
            }
            waiting.put(folder, new ArrayList<>());
        }
        start(folder, List.of(waiter));
        return waiter.answer.future().mapEmpty();
    }

    private void start(Object folder, List<Waiter> round) {
        pool.apply(() -> run(folder, round)).onFailure(failure -> {
            round.forEach(waiter -> waiter.answer.fail(failure));
            startNext(folder);
        });
    }

    private int run(Object folder, List<Waiter> round) {
        round.getFirst().sync.run();
        round.forEach(waiter -> waiter.answer.succeed(true));
        startNext(folder);
        return round.size();
    }

    private void startNext(Object folder) {
        List<Waiter> round;
        synchronized (this) {
            round = waiting.getOrDefault(folder, List.of());
            if (round.isEmpty()) {
                waiting.remove(folder);
                return;
            }
            waiting.put(folder, new ArrayList<>());
        }
        start(folder, round);
    }

    private record Waiter(Answer<Boolean> answer, Runnable sync) {}
}
