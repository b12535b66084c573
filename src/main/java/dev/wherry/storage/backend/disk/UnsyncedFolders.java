package dev.wherry.storage.backend.disk;

import dev.wherry.path.VirtualPath;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The folders that were made and are not yet known to survive a power cut. Who puts something below one must wait for
 * it too: else his change would be acknowledged, and lost with the folder.
 */
final class UnsyncedFolders {
    /** Guarded by {@code this}. Two may make the same folder at once, and only one succeeds: hence lists. */
    private final Map<VirtualPath, List<Future<Void>>> pending = new HashMap<>();

    /** Says, before a folder is made, that it will have to be synced: the promise is kept when that was done. */
    synchronized Promise<Void> announce(VirtualPath folder) {
        var promise = Promise.<Void>promise();
        pending.computeIfAbsent(folder, none -> new ArrayList<>()).add(promise.future());
        // One that failed stays: what lies below it cannot be promised any more.
        promise.future().onSuccess(done -> forget(folder, promise.future()));
        return promise;
    }

    /** Done when every folder above this path, as far as others made it, is safe; {@code own} are the caller's own. */
    synchronized Future<Void> safeAbove(VirtualPath path, Collection<Future<Void>> own) {
        if (pending.isEmpty()) {
            return Future.succeededFuture();
        }
        var above = new ArrayList<Future<Void>>();
        for (var folder = path.parent(); !folder.isRoot(); folder = folder.parent()) {
            above.addAll(pending.getOrDefault(folder, List.of()));
        }
        above.removeAll(own);
        return Future.all(above).mapEmpty();
    }

    private synchronized void forget(VirtualPath folder, Future<Void> done) {
        var futures = pending.getOrDefault(folder, List.of());
        futures.remove(done);
        if (futures.isEmpty()) {
            pending.remove(folder);
        }
    }
}
