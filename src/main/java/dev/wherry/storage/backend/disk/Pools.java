package dev.wherry.storage.backend.disk;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * The threads that wait for the disk: few that read and write, many that wait for a sync, which the file system merges.
 * Work is never ordered by the pool; what needs an order has a {@link StepQueue}.
 */
final class Pools {
    private static final int SYNC_THREADS = 64;

    /** A large folder takes long to remove: only what is stuck shall be complained about. */
    private static final long LONGEST_HOURS = 6;

    private final Vertx vertx;
    private final WorkerExecutor io;
    private final WorkerExecutor sync;
    private volatile LongConsumer syncListener = nanos -> {};

    Pools(Vertx vertx) {
        this.vertx = vertx;
        int cores = Runtime.getRuntime().availableProcessors();
        this.io = vertx.createSharedWorkerExecutor("disk-io", 2 * cores, LONGEST_HOURS, TimeUnit.HOURS);
        this.sync = vertx.createSharedWorkerExecutor("disk-sync", SYNC_THREADS, LONGEST_HOURS, TimeUnit.HOURS);
    }

    Vertx vertx() {
        return vertx;
    }

    <T> Future<T> io(Callable<T> work) {
        return io.executeBlocking(work, false).map(Objects::requireNonNull);
    }

    <T> Future<T> sync(Callable<T> work) {
        return sync.executeBlocking(work, false).map(Objects::requireNonNull);
    }

    /** Hears how long each sync took, in nanoseconds, on the thread that waited for it. */
    void onSync(LongConsumer listener) {
        syncListener = listener;
    }

    /** Does what waits for a sync, and tells how long that took, also where it failed. */
    <T> T timed(Callable<T> sync) throws Exception {
        long begun = System.nanoTime();
        try {
            return sync.call();
        } finally {
            syncListener.accept(System.nanoTime() - begun);
        }
    }

    StepQueue ioQueue() {
        return new StepQueue(vertx, this::io);
    }

    StepQueue syncQueue() {
        return new StepQueue(vertx, this::sync);
    }

    Future<Void> close() {
        return Future.join(io.close(), sync.close()).mapEmpty();
    }
}
