package dev.wherry.storage.backend.disk;

import dev.wherry.path.VirtualPath;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one changing call did, and which folders must be synced before it may be acknowledged. One thread at a time. */
final class Change {
    private final UnsyncedFolders unsynced;
    private final VirtualPath path;
    private final List<AutoCloseable> kept = new ArrayList<>();
    private final Map<Descriptor.Identity, Descriptor> touched = new LinkedHashMap<>();
    private final List<Promise<Void>> announced = new ArrayList<>();
    private final List<Future<Void>> relied = new ArrayList<>();
    private final List<VirtualPath> ended = new ArrayList<>();

    Change(UnsyncedFolders unsynced, VirtualPath path) {
        this.unsynced = unsynced;
        this.path = path;
    }

    VirtualPath path() {
        return path;
    }

    /** Keeps something open until the change is safe. */
    <T extends AutoCloseable> T keep(T open) {
        kept.add(open);
        return open;
    }

    /** Names in this folder were changed. */
    void touch(Descriptor folder) {
        touched.put(folder.identity(), folder);
    }

    /** A folder is about to be made, or to get this name; it is safe when this change is. */
    Promise<Void> announce(Place folder) {
        var promise = unsynced.announce(folder.path(), folder.folder().identity());
        announced.add(promise);
        return promise;
    }

    /** This path, and every one below it, is nothing's name any more. */
    void end(VirtualPath gone) {
        ended.add(gone);
    }

    /** The change was made below this path: the folders above it, if others made them, must be safe too. */
    void rely(VirtualPath below) {
        relied.add(unsynced.safeAbove(
                below, announced.stream().map(Promise::future).toList()));
    }

    /** Syncs what was touched. */
    Future<Void> makeSafe(FolderSync sync, Pools pools) {
        var settled = unsynced.settledBy(touched.keySet(), ended);
        return Future.join(touched.values().stream().map(sync::sync).toList())
                .<Void>mapEmpty()
                .onComplete(done -> pools.io(this::close))
                .onSuccess(done -> unsynced.forget(settled))
                .onSuccess(done -> announced.forEach(Promise::tryComplete))
                .onFailure(failure -> announced.forEach(promise -> promise.tryFail(failure)))
                .compose(done -> Future.all(relied).mapEmpty());
    }

    private boolean close() throws Exception {
        for (var open : kept) {
            open.close();
        }
        return true;
    }
}
