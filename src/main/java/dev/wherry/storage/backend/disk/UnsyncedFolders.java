package dev.wherry.storage.backend.disk;

import dev.wherry.path.VirtualPath;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The folders that were made and are not yet known to survive a power cut. Who puts something below one must wait for
 * it too: else his change would be acknowledged, and lost with the folder.
 */
final class UnsyncedFolders {
    /** Guarded by {@code this}. Two may make the same folder at once, and only one succeeds: hence lists. */
    private final Map<VirtualPath, List<Made>> pending = new HashMap<>();

    /**
     * A folder that was made, or is about to be.
     *
     * @param parent the folder that holds its name, wherever that is by now
     * @param safe succeeds when it would survive; one that failed stays, for what lies below it cannot be promised
     */
    record Made(VirtualPath folder, Object parent, Future<Void> safe) {}

    /** Says, before a folder is made, that it will have to be synced: the promise is kept when that was done. */
    synchronized Promise<Void> announce(VirtualPath folder, Object parent) {
        var promise = Promise.<Void>promise();
        var made = new Made(folder, parent, promise.future());
        pending.computeIfAbsent(folder, none -> new ArrayList<>()).add(made);
        promise.future().onSuccess(done -> forget(List.of(made)));
        return promise;
    }

    /** Done when every folder above this path, as far as others made it, is safe; {@code own} are the caller's own. */
    synchronized Future<Void> safeAbove(VirtualPath path, Collection<Future<Void>> own) {
        if (pending.isEmpty()) {
            return Future.succeededFuture();
        }
        var above = new ArrayList<Future<Void>>();
        for (var folder = path.parent(); !folder.isRoot(); folder = folder.parent()) {
            pending.getOrDefault(folder, List.of()).forEach(made -> above.add(made.safe()));
        }
        above.removeAll(own);
        return Future.all(above).mapEmpty();
    }

    /**
     * The failed folders that are a trouble no longer once a change is safe: whose parents it syncs, for a later sync
     * of a folder tells the truth about all its names (see {@link FolderSync}), and those that it took away or gave
     * another name. Asked before its syncs begin, since a sync says nothing about what failed after it.
     */
    synchronized List<Made> settledBy(Set<?> synced, Collection<VirtualPath> ended) {
        return pending.values().stream()
                .flatMap(List::stream)
                .filter(made -> made.safe().failed())
                .filter(made -> synced.contains(made.parent()) || ended.stream().anyMatch(made.folder()::isWithin))
                .toList();
    }

    synchronized void forget(Collection<Made> settled) {
        for (var made : settled) {
            pending.computeIfPresent(made.folder(), (folder, all) -> {
                all.remove(made);
                return all.isEmpty() ? null : all;
            });
        }
    }
}
