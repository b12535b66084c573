package dev.wherry.storage.backend;

import dev.wherry.fault.FaultException;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a future comes to, waited for by the test's own thread. */
public final class Outcome {
    private static final long SECONDS = 60;

    private Outcome() {}

    public static <T> T result(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(failure.getCause());
        } catch (TimeoutException | InterruptedException failure) {
            throw new AssertionError("no answer", failure);
        }
    }

    /** The fault that a future fails with. */
    public static FaultException fault(Future<?> future) {
        try {
            result(future);
        } catch (FaultException fault) {
            return fault;
        }
        throw new AssertionError("it succeeded, and should not have");
    }

    /** Waits until all have succeeded or failed. */
    public static void settled(List<? extends Future<?>> futures) {
        var left = new CountDownLatch(futures.size());
        futures.forEach(future -> future.onComplete(done -> left.countDown()));
        try {
            if (!left.await(SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("no answer");
            }
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }
}
