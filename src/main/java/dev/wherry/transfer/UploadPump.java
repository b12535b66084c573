package dev.wherry.transfer;

import dev.wherry.fault.FaultException;
import dev.wherry.storage.backend.DirectPieces;
import dev.wherry.storage.backend.Sink;
import dev.wherry.transfer.Gathering.Batch;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Moves bytes from the event loop to the sink: while writes are under way what arrives is gathered, and goes with the
 * next in one piece. So the slower the disk, the larger the writes. Where much is gathered a second write follows the
 * first at once: the disk's thread need not wait until this one has heard that it is done. Confined to the context of
 * its upload.
 */
final class UploadPump {
    /** The least that is worth a second write behind the first. */
    private static final long WORTH_A_WRITE = 64 * 1024;

    private final LongSupplier maxBuffered;
    private final LongConsumer onWritten;
    private final Consumer<FaultException> onFailure;
    private final Gathering gathering;

    private Optional<Sink> sink = Optional.empty();
    private long received;
    private long written;
    private int underWay;
    private boolean stopped;
    private boolean full;
    /** Bytes of memory in what is being written. */
    private long beingWritten;

    private Future<Void> lastWrite = Future.succeededFuture();
    private Runnable onDrain = () -> {};
    private Optional<FaultException> failure = Optional.empty();

    /**
     * @param pieces memory for bytes on their way
     * @param maxBuffered bytes that may wait now before the peer is held up
     */
    UploadPump(
            DirectPieces pieces, LongSupplier maxBuffered, LongConsumer onWritten, Consumer<FaultException> onFailure) {
        this.gathering = new Gathering(pieces);
        this.maxBuffered = maxBuffered;
        this.onWritten = onWritten;
        this.onFailure = onFailure;
    }

    /** Bytes that the sink has already count as received and written. */
    void open(Sink opened) {
        sink = Optional.of(opened);
        received += opened.offset();
        written += opened.offset();
        pump();
    }

    /** Takes what remains, by copying it. */
    void add(ByteBuffer bytes) {
        if (stopped || !bytes.hasRemaining()) {
            return;
        }
        long most = maxBuffered.getAsLong();
        long before = gathering.bytes();
        try {
            gathering.add(bytes, most);
        } finally {
            received += gathering.bytes() - before;
        }
        full |= gathering.held() + beingWritten >= most;
        pump();
    }

    boolean isFull() {
        return full;
    }

    void onDrain(Runnable listener) {
        onDrain = listener;
    }

    long received() {
        return received;
    }

    long written() {
        return written;
    }

    /**
     * Hands all that was added to the sink, which keeps the order: what it is asked next happens after it. Fails if a
     * write has failed already; one that fails later lets the sink's next answer fail.
     */
    Future<Void> handOver() {
        if (!gathering.isEmpty() && !stopped) {
            give();
        }
        return failure.<Future<Void>>map(Future::failedFuture).orElseGet(Future::succeededFuture);
    }

    /** Done when all that was added is written; fails when that failed. */
    Future<Void> flush() {
        return handOver().compose(ignored -> lastWrite);
    }

    /** Takes nothing more and drops what waits; a write that is under way ends by itself. */
    void stop() {
        stopped = true;
        forget();
    }

    /** Forgets what was added after the sink's mark. */
    Future<Void> back() {
        forget();
        return sink.orElseThrow()
                .back()
                .onSuccess(offset -> {
                    received = offset;
                    written = offset;
                    full = false;
                })
                .mapEmpty();
    }

    private void forget() {
        gathering.giveBack(gathering.take());
    }

    private void pump() {
        if (!stopped && !gathering.isEmpty() && sink.isPresent() && mayWrite()) {
            give();
        }
    }

    private boolean mayWrite() {
        return switch (underWay) {
            case 0 -> true;
            case 1 -> gathering.bytes() >= Math.max(WORTH_A_WRITE, maxBuffered.getAsLong() / 4);
            default -> false;
        };
    }

    private void give() {
        var batch = gathering.take();
        beingWritten += batch.held();
        underWay++;
        lastWrite = sink.orElseThrow()
                .write(batch.blocks())
                .onComplete(ignored -> ended(batch))
                .onSuccess(ignored -> wrote(batch.bytes()))
                .onFailure(this::failed);
    }

    private void ended(Batch batch) {
        underWay--;
        beingWritten -= batch.held();
        gathering.giveBack(batch);
    }

    private void wrote(long length) {
        written += length;
        pump();
        onWritten.accept(written);
        if (full && gathering.held() + beingWritten <= maxBuffered.getAsLong() / 2) {
            full = false;
            onDrain.run();
        }
    }

    private void failed(Throwable cause) {
        if (failure.isEmpty()) {
            var fault = FaultException.of(cause);
            failure = Optional.of(fault);
            onFailure.accept(fault);
        }
    }
}
