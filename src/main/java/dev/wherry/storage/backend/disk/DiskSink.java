package dev.wherry.storage.backend.disk;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Sha256;
import dev.wherry.storage.backend.Seal;
import dev.wherry.storage.backend.Sealed;
import dev.wherry.storage.backend.Sink;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The part file of one upload. Writes go through one queue, syncs through another: a sync runs beside later writes, but
 * never beside another sync, for the system tells a lost page to one of them only.
 */
final class DiskSink implements Sink {
    /** Linux's {@code IOV_MAX}. */
    private static final int AT_ONCE = 1024;

    private final UploadId upload;
    private final Staging staging;
    private final FolderSync folderSync;
    private final Attributes attributes;
    private final int mode;
    private final Descriptor part;
    private final FileChannel channel;
    private final StepQueue writes;
    private final StepQueue syncs;
    private final MessageDigest digest = Sha256.digest();

    /** Why nothing works any more: the first failure, or that it ended. Set and read by both queues. */
    private final AtomicReference<@Nullable FaultException> over = new AtomicReference<>();

    /** Bytes handed to the system; owned by the queue of writes. */
    private long written;

    /** Whether the name of the part file is known to be safe; owned by the owner's context. */
    private boolean named;

    private DiskSink(
            UploadId upload,
            Staging staging,
            Attributes attributes,
            int mode,
            Descriptor part,
            Pools pools,
            FolderSync folderSync)
            throws IOException {
        this.upload = upload;
        this.staging = staging;
        this.attributes = attributes;
        this.mode = mode;
        this.part = part;
        this.folderSync = folderSync;
        this.channel = FileChannel.open(part.path(), StandardOpenOption.WRITE);
        this.writes = pools.ioQueue();
        this.syncs = pools.syncQueue();
    }

    static DiskSink create(
            UploadId upload, Staging staging, Attributes attributes, int mode, Pools pools, FolderSync folderSync)
            throws IOException {
        var part = staging.create(upload);
        try {
            return new DiskSink(upload, staging, attributes, mode, part, pools, folderSync);
        } catch (IOException | RuntimeException failure) {
            part.close();
            throw failure;
        }
    }

    @Override
    public UploadId upload() {
        return upload;
    }

    @Override
    public Future<Void> write(List<ByteBuffer> bytes) {
        return writes.run(step(() -> append(bytes))).mapEmpty();
    }

    @Override
    public Future<Long> sync() {
        return writes.run(step(() -> written))
                .compose(offset -> syncs.run(step(() -> syncData(offset))))
                .compose(this::nameSynced);
    }

    @Override
    public Future<Sealed> seal(Seal promised) {
        return writes.run(step(() -> verify(promised)))
                .compose(stored -> syncs.run(step(() -> record(stored, promised.modified()))));
    }

    @Override
    public Future<Void> close() {
        return writes.run(() -> over.compareAndSet(null, letGo()))
                .compose(ended -> syncs.run(this::release))
                .mapEmpty();
    }

    /** A step that fails, and lets every later one fail, with the first failure. */
    private <T> Callable<T> step(Callable<T> work) {
        return () -> {
            var before = over.get();
            if (before != null) {
                throw before;
            }
            try {
                return work.call();
            } catch (Exception failure) {
                var fault = explained(failure);
                over.compareAndSet(null, fault);
                throw fault;
            }
        };
    }

    private FaultException explained(Exception failure) {
        return switch (failure) {
            case SystemFailure system -> Refusals.of(system, "upload " + upload);
            case IOException io -> Refusals.of(io, "upload " + upload);
            default -> FaultException.of(failure);
        };
    }

    private long append(List<ByteBuffer> bytes) throws IOException {
        long length = 0;
        for (var buffer : bytes) {
            length += buffer.remaining();
            digest.update(buffer.duplicate());
        }
        writeAll(channel, bytes.toArray(ByteBuffer[]::new));
        written += length;
        return written;
    }

    /** As many at a time as the system takes, from the first that is not written: a peer may send bytes singly. */
    static void writeAll(GatheringByteChannel channel, ByteBuffer[] buffers) throws IOException {
        for (int first = 0; first < buffers.length; ) {
            if (buffers[first].hasRemaining()) {
                channel.write(buffers, first, Math.min(AT_ONCE, buffers.length - first));
            } else {
                first++;
            }
        }
    }

    private long syncData(long offset) {
        part.syncData();
        return offset;
    }

    /** Bytes are safe only when their name is: once, for the first sync. */
    private Future<Long> nameSynced(long offset) {
        if (named) {
            return Future.succeededFuture(offset);
        }
        return folderSync.sync(staging.folder()).recover(this::fail).map(done -> {
            named = true;
            return offset;
        });
    }

    private Future<Void> fail(Throwable failure) {
        var fault = failure instanceof Exception exception ? explained(exception) : FaultException.of(failure);
        over.compareAndSet(null, fault);
        return Future.failedFuture(fault);
    }

    private Sealed verify(Seal promised) {
        var sealed = new Sealed(written, Sha256.of(digest));
        if (promised.size().isPresent() && promised.size().getAsLong() != sealed.size()) {
            throw Fault.WRONG_SIZE
                    .because("%d bytes came and %d were promised; send it again"
                            .formatted(sealed.size(), promised.size().getAsLong()))
                    .with("promised", promised.size().getAsLong())
                    .with("received", sealed.size());
        }
        if (promised.sha256().filter(sha256 -> !sha256.equals(sealed.sha256())).isPresent()) {
            throw Fault.WRONG_DIGEST
                    .because("what came is not what was sent: the digests differ; send it again")
                    .with("promised", promised.sha256().get().hex())
                    .with("received", sealed.sha256().hex());
        }
        return sealed;
    }

    /** Everything that is said about the file is said before the one sync that makes all of it safe. */
    private Sealed record(Sealed sealed, Optional<Instant> modified) {
        var time = modified.orElseGet(Instant::now);
        part.setMode(mode);
        part.setModified(time.getEpochSecond(), time.getNano());
        var stat = part.stat();
        if (stat.size() != sealed.size()) {
            throw Fault.DISK_FAILED.because("somebody else wrote into upload " + upload + "; send it again");
        }
        attributes.write(
                part, new VersionAttribute(new Etag(upload.value()), sealed.sha256(), sealed.size(), stat.modified()));
        part.sync();
        over.set(Fault.STOPPED.because("upload " + upload + " is sealed: nothing can be added to it"));
        return sealed;
    }

    private FaultException letGo() {
        return Fault.STOPPED.because("upload " + upload + " was let go of");
    }

    /** Each is closed, whatever becomes of the other. */
    private boolean release() throws IOException {
        try (part;
                channel) {
            return true;
        }
    }
}
