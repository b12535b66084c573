package dev.wherry.storage.backend.disk;

import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Makes changes, and answers only when they would survive a power cut. */
final class Changes {
    private final Pools pools;
    private final FolderSync sync;
    private final UnsyncedFolders unsynced = new UnsyncedFolders();
    private final Set<Future<?>> running = ConcurrentHashMap.newKeySet();

    Changes(Pools pools, FolderSync sync) {
        this.pools = pools;
        this.sync = sync;
    }

    /** Runs the work, then syncs what it touched: also when it failed half-way, for the sake of what it left. */
    <T> Future<T> make(VirtualPath path, Function<Change, T> work) {
        var change = new Change(unsynced, path);
        var done = pools.io(() -> attempt(change, work))
                .compose(result -> change.makeSafe(sync, pools)
                        .<T>transform(safe ->
                                safe.succeeded() ? result : Future.failedFuture(explained(safe.cause(), path))));
        running.add(done);
        return done.onComplete(end -> running.remove(done));
    }

    /** Done when every change that has begun has ended. */
    Future<Void> ended() {
        return Future.join(List.copyOf(running)).transform(end -> Future.succeededFuture());
    }

    private static <T> Future<T> attempt(Change change, Function<Change, T> work) {
        try {
            return Future.succeededFuture(work.apply(change));
        } catch (RuntimeException | Error failure) {
            return Future.failedFuture(explained(failure, change.path()));
        }
    }

    static FaultException explained(Throwable failure, VirtualPath path) {
        return failure instanceof SystemFailure system ? Refusals.of(system, path) : FaultException.of(failure);
    }
}
