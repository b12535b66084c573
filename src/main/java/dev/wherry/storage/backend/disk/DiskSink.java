package dev.wherry.storage.backend.disk;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    private final Surroundings around;
    private final StepQueue writes;
    private final StepQueue syncs;
    private final long offset;

    /** Owned by the queue of writes. */
    private final PartDigest digest;

    /** Why nothing works any more: the first failure, or that it ended. Set and read by both queues. */
    private final AtomicReference<@Nullable FaultException> over = new AtomicReference<>();

    /** Whether both descriptors are closed. */
    private volatile boolean isReleased;

    /** Opened by the first step that needs it; after that both queues use it. */
    private volatile @Nullable Part part;

    /** Bytes handed to the system; owned by the queue of writes. */
    private long written;

    /** Where {@link #back} leads; owned by the queue of writes. */
    private long marked;

    /** Whether the name of the part file is known to be safe; owned by the owner's context. */
    private boolean named;

    private DiskSink(UploadId upload, Surroundings around, long offset, PartDigest digest) {
        this.upload = upload;
        this.around = around;
        this.offset = offset;
        this.digest = digest;
        this.written = offset;
        this.writes = around.pools.ioQueue();
        this.syncs = around.pools.syncQueue();
    }

    /**
     * What all sinks of a backend share.
     *
     * @param mode of the file when it is sealed
     * @param marks that count, for whoever asks how far an upload is; of many threads
     */
    record Surroundings(
            Staging staging,
            Attributes attributes,
            int mode,
            Pools pools,
            FolderSync folderSync,
            PartDigests digests,
            Map<UploadId, Long> marks) {}

    /** A new part file, which is made together with the first bytes. */
    static DiskSink create(UploadId upload, Surroundings around) {
        return new DiskSink(upload, around, 0, new PartDigest());
    }

    /** The part file that is there, or a new one. */
    static DiskSink resume(UploadId upload, Surroundings around) throws IOException {
        var there = around.staging.open(upload);
        if (there.isEmpty()) {
            return create(upload, around);
        }
        var part = Part.at(there.get(), there.get().stat().size());
        long length = part.channel.position();
        var digest = around.digests.take(upload, length).orElseGet(PartDigest::new);
        var sink = new DiskSink(upload, around, length, digest);
        sink.part = part;
        if (digest.hashed() < length) {
            sink.catchUp();
        }
        return sink;
    }

    private Part opened() throws IOException {
        var open = part;
        if (open == null) {
            open = Part.at(around.staging.create(upload), 0);
            part = open;
        }
        return open;
    }

    /** Between two pieces whatever else waits has its turn. */
    private void catchUp() {
        writes.run(step(() -> digest.hashed() < written && digest.catchUp(opened().channel, written)))
                .onSuccess(behind -> {
                    if (behind) {
                        catchUp();
                    }
                });
    }

    @Override
    public UploadId upload() {
        return upload;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public Future<Void> write(List<ByteBuffer> bytes) {
        return writes.run(step(() -> append(bytes))).mapEmpty();
    }

    @Override
    public Future<Void> mark() {
        return writes.run(step(this::markHere)).mapEmpty();
    }

    @Override
    public Future<Void> keep() {
        return writes.run(step(this::forgetMark)).mapEmpty();
    }

    @Override
    public Future<Long> back() {
        return writes.run(step(this::cutToMark));
    }

    @Override
    public Future<Long> sync() {
        return writes.run(step(this::writtenSoFar))
                .compose(offset -> syncs.run(step(() -> around.pools.timed(() -> syncData(offset)))))
                .compose(this::nameSynced);
    }

    @Override
    public Future<Sealed> seal(Seal promised) {
        return writes.run(step(() -> verify(promised)))
                .compose(stored ->
                        syncs.run(step(() -> around.pools.timed(() -> record(stored, promised.modified())))));
    }

    @Override
    public Future<Void> close() {
        return isReleased
                ? Future.succeededFuture()
                : writes.run(this::end)
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
        }
        digest.add(bytes, written);
        writeAll(opened().channel, bytes.toArray(ByteBuffer[]::new));
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

    private long markHere() {
        digest.mark();
        marked = written;
        around.marks.put(upload, marked);
        return marked;
    }

    private long forgetMark() {
        around.marks.remove(upload);
        return written;
    }

    private long cutToMark() throws IOException {
        opened().channel.truncate(marked).position(marked);
        digest.back();
        written = marked;
        return forgetMark();
    }

    private long writtenSoFar() throws IOException {
        opened();
        return written;
    }

    private long syncData(long offset) throws IOException {
        opened().descriptor.syncData();
        return offset;
    }

    /** Bytes are safe only when their name is: once, for the first sync. */
    private Future<Long> nameSynced(long offset) {
        if (named) {
            return Future.succeededFuture(offset);
        }
        return around.folderSync
                .sync(around.staging.folder())
                .recover(this::fail)
                .map(done -> {
                    named = true;
                    return offset;
                });
    }

    private Future<Void> fail(Throwable failure) {
        var fault = failure instanceof Exception exception ? explained(exception) : FaultException.of(failure);
        over.compareAndSet(null, fault);
        return Future.failedFuture(fault);
    }

    private Sealed verify(Seal promised) throws IOException {
        var channel = opened().channel;
        while (digest.hashed() < written) {
            digest.catchUp(channel, written);
        }
        var sealed = new Sealed(written, digest.value());
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
    private Sealed record(Sealed sealed, Optional<Instant> modified) throws IOException {
        var file = opened().descriptor;
        var time = modified.orElseGet(Instant::now);
        file.setMode(around.mode);
        file.setModified(time.getEpochSecond(), time.getNano());
        var stat = file.stat();
        if (stat.size() != sealed.size()) {
            throw Fault.DISK_FAILED.because("somebody else wrote into upload " + upload + "; send it again");
        }
        around.attributes.write(
                file, new VersionAttribute(new Etag(upload.value()), sealed.sha256(), sealed.size(), stat.modified()));
        file.sync();
        over.set(Fault.STOPPED.because("upload " + upload + " is sealed: nothing can be added to it"));
        release();
        return sealed;
    }

    /** Whoever resumes it need not hash again what was hashed, unless something failed. */
    private boolean end() {
        forgetMark();
        boolean wasWell = over.compareAndSet(null, Fault.STOPPED.because("upload " + upload + " was let go of"));
        if (wasWell) {
            around.digests.keep(upload, digest);
        }
        return wasWell;
    }

    private boolean release() throws IOException {
        isReleased = true;
        var open = part;
        if (open != null) {
            open.close();
        }
        return true;
    }

    /** The file, by the system's number for it and as what the JDK writes to. */
    private record Part(Descriptor descriptor, FileChannel channel) implements AutoCloseable {
        /** @param offset where the next write goes */
        static Part at(Descriptor descriptor, long offset) throws IOException {
            try {
                var channel = FileChannel.open(descriptor.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
                return new Part(descriptor, channel.position(offset));
            } catch (IOException | RuntimeException failure) {
                descriptor.close();
                throw failure;
            }
        }

        /** Each is closed, whatever becomes of the other. */
        @Override
        public void close() throws IOException {
            try (descriptor) {
                channel.close();
            }
        }
    }
}
