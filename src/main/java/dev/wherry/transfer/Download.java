package dev.wherry.transfer;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import dev.wherry.storage.LeaseId;
import dev.wherry.storage.Storage;
import dev.wherry.storage.StorageRequest.Close;
import dev.wherry.storage.StorageRequest.Open;
import dev.wherry.storage.backend.Content;
import dev.wherry.storage.backend.Entry;
import dev.wherry.storage.backend.UploadId;
import dev.wherry.transfer.TransferFacts.Direction;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One download of one version of a file. It keeps that version whatever becomes of the name meanwhile.
 *
 * <p>Confined to the context on which it was opened.
 */
public final class Download {
    private static final long TICK_MILLIS = 500;
    /** Bytes that may wait in memory for each download of a window. */
    private static final long AHEAD = 16 * 1024;

    /** Bytes that one download holds where memory is plenty: half of it waits for the peer. */
    private static final long MOST_HELD = 2 << 20;

    private final Transfers engine;
    private final DownloadOrder order;
    private final LeaseId lease;
    private final Content content;
    private final TransferFacts facts;
    private final RateWatch watch;
    private final long end;
    private final long startedAt;
    /** Computed along where it is not recorded and all of it is sent. */
    private final Optional<MessageDigest> digest;

    private final Room.Share room;

    private long sent;
    /** Bytes handed to the peer's side, and those of them that the peer has taken. */
    private long given;

    private long taken;
    private Optional<DownloadPump> pump = Optional.empty();
    /**
     * The first piece of a small file, read before it is asked for: many small ones wait for their turn side by side.
     */
    private final Optional<Future<Buffer>> ahead;

    private Download(Transfers engine, DownloadOrder order, LeaseId lease, Content content) {
        this.engine = engine;
        this.order = order;
        this.room = engine.downloads().share();
        this.lease = lease;
        this.content = content;
        long size = content.entry().size();
        this.end = order.length().isPresent()
                ? order.offset() + Math.min(order.length().getAsLong(), size - order.offset())
                : size;
        this.digest = content.entry().sha256().isEmpty() && order.offset() == 0 && end == size
                ? Optional.of(Sha256.digest())
                : Optional.empty();
        this.ahead = end - order.offset() <= AHEAD
                ? Optional.of(DownloadPump.read(content, order.offset(), end, DownloadPump.PIECE))
                : Optional.empty();
        this.watch = engine.rateWatch();
        this.startedAt = engine.now();
        this.facts = new TransferFacts(
                UploadId.random().value(),
                Direction.DOWNLOAD,
                order.who().account(),
                order.address(),
                order.door(),
                order.path(),
                OptionalLong.of(size),
                order.offset());
    }

    /** What was sent, and how fast. */
    public record Outcome(long bytes, Optional<Sha256> computed, Duration took) {}

    static Future<Download> open(Transfers engine, DownloadOrder order) {
        return engine.bus()
                .ask(Storage.OPEN, new Open(order.who(), order.path()))
                .compose(lease -> engine.backend()
                        .open(order.path())
                        .map(content -> checked(new Download(engine, order, lease, content)))
                        .onFailure(failure -> end(engine, order, lease)));
    }

    private static Download checked(Download download) {
        var entry = download.content.entry();
        var order = download.order;
        if (order.expected().isPresent() && !order.expected().equals(entry.etag())) {
            download.content.close();
            throw entry.inTheWay(Fault.CHANGED, order.path());
        }
        if (order.offset() > entry.size()) {
            download.content.close();
            throw Fault.OUT_OF_RANGE
                    .because("the file has only " + entry.size() + " bytes: " + order.path())
                    .with("size", entry.size());
        }
        return download;
    }

    /** The version that is sent. */
    public Entry entry() {
        return content.entry();
    }

    /** How many bytes will be sent. */
    public long length() {
        return end - order.offset();
    }

    /**
     * Sends all of it, piece by piece.
     *
     * @param peer takes a piece; its future succeeds when the peer can take the next
     * @param queued bytes of what was given to the peer that it has not taken yet
     * @param left done when nothing of what was given to the peer is in this process any more
     * @return done when the last piece is handed over; {@code changed} when somebody wrote into the file meanwhile
     */
    public Future<Outcome> pour(Function<Buffer, Future<Void>> peer, LongSupplier queued, Supplier<Future<Void>> left) {
        engine.tell(new TransferEvent.Started(facts));
        long timer = engine.vertx().setPeriodic(TICK_MILLIS, ignored -> tick(queued));
        var running = new DownloadPump(
                content, end, digest, engine.hashing(), this::piece, piece -> give(peer, piece), this::moved);
        pump = Optional.of(running);
        return running.run(
                        order.offset(),
                        ahead.orElseGet(() -> DownloadPump.read(content, order.offset(), end, (int) piece())))
                .compose(ignored -> record())
                .map(computed -> new Outcome(sent, computed, took()))
                .onComplete(ignored -> engine.vertx().cancelTimer(timer))
                .onComplete(ignored -> left.get().onComplete(gone -> room.end()))
                .onSuccess(done -> ended(done.computed().or(() -> entry().sha256()), Optional.empty()))
                .onFailure(failure -> ended(Optional.empty(), Optional.of(FaultException.of(failure))));
    }

    /** Bytes that may wait for the peer now, of at most so many: the fewer the more wait for others. */
    public long room(long most) {
        return Math.min(most, room.of(MOST_HELD) / 2);
    }

    /** One piece is on its way into the queue, another is being read. */
    private long piece() {
        return Math.min(DownloadPump.PIECE, room.of(MOST_HELD) / 4);
    }

    /** Ends it where it is: the peer is gone, or its session. */
    public void stop(FaultException why) {
        pump.ifPresentOrElse(running -> running.stop(why), this::close);
    }

    /** Lets go of a download that was opened and will not be poured. */
    public void close() {
        content.close();
        end(engine, order, lease);
    }

    private Future<Optional<Sha256>> record() {
        var computed = digest.map(Sha256::of);
        return computed.isPresent()
                ? content.record(computed.get()).transform(ignored -> Future.succeededFuture(computed))
                : Future.succeededFuture(computed);
    }

    private Future<Void> give(Function<Buffer, Future<Void>> peer, Buffer piece) {
        if (given == 0) {
            engine.tell(new TransferEvent.FirstByte(facts, took()));
        }
        given += piece.length();
        return peer.apply(piece);
    }

    private void moved(long bytes) {
        sent += bytes;
    }

    private void tick(LongSupplier queued) {
        long takenByNow = Math.max(taken, given - queued.getAsLong());
        watch.moved(takenByNow - taken);
        taken = takenByNow;
        long position = order.offset() + sent;
        engine.tell(new TransferEvent.Progress(facts, position, position));
        if (watch.tooSlow(engine.now())) {
            stop(Fault.TOO_SLOW.because("the other side took too few bytes for too long"));
        }
    }

    private void ended(Optional<Sha256> sha256, Optional<FaultException> why) {
        close();
        engine.tell(new TransferEvent.Finished(
                facts, sent, took(), sha256, why.map(fault -> fault.fault().code())));
    }

    private Duration took() {
        return Duration.ofNanos(engine.now() - startedAt);
    }

    private static void end(Transfers engine, DownloadOrder order, LeaseId lease) {
        engine.bus().ask(Storage.CLOSE, new Close(order.who(), lease));
    }
}
