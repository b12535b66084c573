package dev.wherry.storage.backend.disk;

import dev.wherry.config.Config;
import dev.wherry.fault.Fault;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.Backend;
import dev.wherry.storage.backend.Content;
import dev.wherry.storage.backend.Entry;
import dev.wherry.storage.backend.Folder;
import dev.wherry.storage.backend.Parents;
import dev.wherry.storage.backend.Sink;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** A folder on local disk. All of its work waits on threads of its own, never on an event loop. */
public final class DiskBackend implements Backend {
    /** 32 MiB of memory for reading, however many read. */
    private static final int MOST_PIECES = 128;

    private final Config.Files files;
    private final Pools pools;
    private final FolderSync folderSync;
    private final Changes changes;
    private final Tree tree;

    /** Where unpublished uploads lie; none when the folder is only read. */
    private final Optional<Staging> staging;

    private final PartDigests digests = new PartDigests();
    /** How far uploads are that are in the middle of what may be taken back. */
    private final Map<UploadId, Long> marks = new ConcurrentHashMap<>();

    private final ReadBuffers buffers = new ReadBuffers(MOST_PIECES);
    private final FolderMaker folders;
    private final Moving moving;
    private final Removal removal;

    private DiskBackend(Pools pools, Config.Files files, ServedFolder served) {
        this.files = files;
        this.pools = pools;
        this.tree = served.tree();
        this.staging = served.staging();
        this.folderSync = new FolderSync(pools.vertx(), work -> pools.sync(() -> pools.timed(work)));
        this.changes = new Changes(pools, folderSync);
        this.folders = new FolderMaker(tree, files.folderMode());
        this.moving = new Moving(tree);
        this.removal = new Removal(tree);
    }

    /**
     * Opens the folder to be served, and tries there what the backend relies on.
     *
     * @param root a folder that exists
     * @return fails with a fault that says what is missing, and what the operator can do
     */
    public static Future<DiskBackend> open(Vertx vertx, Path root, Config.Files files) {
        var pools = new Pools(vertx);
        return pools.io(() -> ServedFolder.open(root, files.readOnly()))
                .map(served -> new DiskBackend(pools, files, served))
                .recover(failure -> pools.close().transform(closed -> Future.failedFuture(failure)));
    }

    @Override
    public Future<Entry> stat(VirtualPath path) {
        return io(path, () -> {
            try (var pinned = tree.pin(path)) {
                var stat = Entries.checked(path, pinned.stat());
                return Entries.of(path.name(), stat, tree.attributes().read(pinned));
            }
        });
    }

    @Override
    public Future<Folder> list(VirtualPath path) {
        return io(path, () -> DiskFolder.open(path, tree, pools.ioQueue()));
    }

    @Override
    public Future<Content> open(VirtualPath path) {
        return io(path, () -> DiskContent.open(path, tree, files.readOnly(), buffers, pools.ioQueue()));
    }

    @Override
    public Future<Sink> create(UploadId upload) {
        return staged(place -> Future.succeededFuture(DiskSink.create(upload, context(place))));
    }

    @Override
    public Future<Sink> resume(UploadId upload) {
        return staged(place -> io(VirtualPath.ROOT, () -> DiskSink.resume(upload, context(place))));
    }

    private DiskSink.Surroundings context(Staging place) {
        return new DiskSink.Surroundings(place, tree.attributes(), files.mode(), pools, folderSync, digests, marks);
    }

    /** Hears how long each sync took, in nanoseconds, on the thread that waited for it. */
    public void onSync(LongConsumer listener) {
        pools.onSync(listener);
    }

    @Override
    public Future<Long> held(UploadId upload) {
        return staged(place -> io(VirtualPath.ROOT, () -> {
            // In this order: what is taken back meanwhile is in neither.
            long size = place.look(upload).map(Stat::size).orElse(0L);
            return Math.min(size, marks.getOrDefault(upload, size));
        }));
    }

    @Override
    public Future<Void> cutBack(UploadId upload, long bytes) {
        digests.forget(upload);
        return staged(place -> io(VirtualPath.ROOT, () -> place.cutBack(upload, bytes)))
                .mapEmpty();
    }

    @Override
    public Future<Entry> publish(UploadId upload, VirtualPath target, Precondition expected, Parents parents) {
        return staged(place -> changes.make(
                target, change -> new Publishing(tree, folders, place).publish(change, upload, expected, parents)));
    }

    @Override
    public Future<Void> discard(UploadId upload) {
        return staged(place -> changes.make(VirtualPath.ROOT, change -> {
                    digests.forget(upload);
                    place.remove(upload);
                    change.touch(place.folder());
                    return true;
                }))
                .mapEmpty();
    }

    @Override
    public Future<Set<UploadId>> staged(Duration age) {
        return staged(place ->
                io(VirtualPath.ROOT, () -> place.untouchedSince(Instant.now().minus(age))));
    }

    @Override
    public Future<Void> makeFolder(VirtualPath path, Parents parents) {
        return change(path, change -> folders.make(change, parents));
    }

    @Override
    public Future<Void> removeFolder(VirtualPath path, boolean recursive) {
        return change(path, change -> removal.folder(change, recursive));
    }

    @Override
    public Future<Void> delete(VirtualPath path) {
        return change(path, removal::file);
    }

    @Override
    public Future<Void> move(VirtualPath from, VirtualPath to, Precondition expected) {
        return change(from, change -> moving.move(change, to, expected));
    }

    @Override
    public Future<Long> freeBytes() {
        return io(VirtualPath.ROOT, () -> Math.max(0, tree.availableBytes() - files.keepFree()));
    }

    @Override
    public Future<Long> sizeBytes() {
        return io(VirtualPath.ROOT, tree::wholeBytes);
    }

    /** Lets changes that have begun run to their end, then lets go of the folder. */
    public Future<Void> close() {
        return changes.ended().compose(ended -> pools.close()).onComplete(closed -> {
            staging.ifPresent(place -> place.folder().close());
            tree.close();
        });
    }

    private <T> Future<T> io(VirtualPath path, Callable<T> work) {
        return pools.io(() -> {
            try {
                return work.call();
            } catch (SystemFailure failure) {
                throw Refusals.of(failure, path);
            } catch (IOException failure) {
                throw Refusals.of(failure, "\"" + path + "\"");
            }
        });
    }

    private Future<Void> change(VirtualPath path, Consumer<Change> work) {
        return staged(place -> changes.make(path, change -> {
                    work.accept(change);
                    return true;
                }))
                .mapEmpty();
    }

    /** Does what changes something, unless the folder is only read. */
    private <T> Future<T> staged(Function<Staging, Future<T>> work) {
        return staging.map(work)
                .orElseGet(() -> Future.failedFuture(
                        Fault.READ_ONLY.because("this server only reads its folder: nothing can be changed in it")));
    }
}
