package dev.wherry.transfer;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.storage.Storage;
import dev.wherry.storage.StorageRequest.Progress;
import dev.wherry.storage.backend.Sink;
import io.vertx.core.Future;
import java.util.function.Consumer;

/**
 * Makes an upload durable step by step, beside what is still coming: every so many bytes, or after so much time. An
 * offset counts as durable only when the disk has the bytes and the database has the offset. Confined to the context of
 * its upload.
 */
final class Checkpoints {
    private final Transfers engine;
    private final UploadOrder order;
    private final Sink sink;
    private final long everyBytes;
    private final long everyNanos;
    private final Consumer<FaultException> onFailure;

    private long written;
    private long lastBytes;
    private long lastAt;
    private long durable;
    private boolean running;
    private boolean held;

    /** @param durable bytes that would survive a power cut already */
    Checkpoints(Transfers engine, UploadOrder order, Sink sink, long durable, Consumer<FaultException> onFailure) {
        this.engine = engine;
        this.order = order;
        this.sink = sink;
        this.everyBytes = engine.config().uploads().checkpointBytes();
        this.everyNanos = engine.config().uploads().checkpointEvery().toNanos();
        this.onFailure = onFailure;
        this.lastAt = engine.now();
        this.written = sink.offset();
        this.lastBytes = sink.offset();
        this.durable = durable;
    }

    /** Bytes that would survive a power cut. */
    long durable() {
        return durable;
    }

    void wrote(long total) {
        written = total;
        if (written - lastBytes >= everyBytes) {
            begin();
        }
    }

    void tick() {
        if (engine.now() - lastAt >= everyNanos) {
            begin();
        }
    }

    /** None until {@link #release}: what is written may be taken back. */
    void hold() {
        held = true;
    }

    void release() {
        held = false;
    }

    /**
     * Makes durable what there is, for whoever lets go of the upload: they record what {@link #durable} says then.
     *
     * @param received bytes that came, written or on their way
     */
    Future<Void> last(long received) {
        return received == durable
                ? Future.succeededFuture()
                : sink.sync()
                        .onSuccess(this::reached)
                        .onFailure(failure -> failed(FaultException.of(failure)))
                        .mapEmpty();
    }

    private void begin() {
        if (held || running || written == durable) {
            return;
        }
        running = true;
        lastBytes = written;
        lastAt = engine.now();
        sink.sync()
                .compose(offset -> engine.bus()
                        .ask(Storage.PROGRESS, new Progress(order.who(), sink.upload(), offset))
                        .map(offset))
                .onComplete(ignored -> running = false)
                .onSuccess(this::reached)
                .onFailure(failure -> failed(FaultException.of(failure)));
    }

    /** The record of a checkpoint may be told of only after the {@link #last}, which came further. */
    private void reached(long offset) {
        durable = Math.max(durable, offset);
    }

    /** That nobody answered in time says nothing about the disk: the offset is not durable yet, and the next may be. */
    private void failed(FaultException why) {
        if (why.fault() != Fault.UNAVAILABLE) {
            onFailure.accept(why);
        }
    }
}
