package dev.wherry.transfer;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import dev.wherry.storage.Storage;
import dev.wherry.storage.Storage.Reservation;
import dev.wherry.storage.StorageRequest.Commit;
import dev.wherry.storage.StorageRequest.Progress;
import dev.wherry.storage.StorageRequest.Release;
import dev.wherry.storage.StorageRequest.Reserve;
import dev.wherry.storage.backend.Entry;
import dev.wherry.storage.backend.Seal;
import dev.wherry.storage.backend.Sealed;
import dev.wherry.storage.backend.Sink;
import dev.wherry.storage.backend.UploadId;
import dev.wherry.transfer.TransferFacts.Direction;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One upload, from the reservation to the published file. A door gives it bytes as they arrive and stops giving while
 * {@link #isFull}; it need not know what becomes of them.
 *
 * <p>Confined to the context on which it was begun.
 */
public final class Upload {
    private static final long TICK_MILLIS = 500;

    /** Where it stands. Bytes are taken in the first two; nothing leaves the last. */
    private enum Phase {
        OPENING,
        POURING,
        FINISHING,
        ENDED
    }

    private final Transfers engine;
    private final UploadOrder order;
    private final UploadPump pump;
    private final RateWatch watch;
    private final long startedAt;

    private Phase phase = Phase.OPENING;
    private Optional<Reservation> reservation = Optional.empty();
    private Optional<Sink> sink = Optional.empty();
    private Consumer<Marks> progressListener = ignored -> {};
    private Consumer<FaultException> failureListener = ignored -> {};
    private Future<Outcome> outcome = Future.failedFuture("not finished");
    private Optional<FaultException> stoppedBy = Optional.empty();
    /** Done when an upload that was stopped holds nothing any more. */
    private Future<Void> gone = Future.succeededFuture();

    private long lastCheckpointBytes;
    private long lastCheckpointAt;
    private boolean syncing;
    private long durable;
    private long timer = -1;

    Upload(Transfers engine, UploadOrder order) {
        this.engine = engine;
        this.order = order;
        this.pump = new UploadPump(engine.config().transfers().maxBuffered(), this::written, this::fail);
        this.watch = engine.rateWatch();
        this.startedAt = engine.now();
        this.lastCheckpointAt = startedAt;
    }

    /** How far it is, in bytes: what has arrived, and what would survive a power cut. */
    public record Marks(long received, long durable) {}

    /** A published file, and how it came to be. */
    public record Outcome(Entry entry, Sha256 sha256, long bytes, Duration took) {}

    /**
     * Reserves the name and makes the place. Fails with what the gate says; nothing is left behind then.
     *
     * @return the id by which the upload is known from now on
     */
    public Future<UploadId> begin() {
        return reserve().compose(this::create).map(this::pour);
    }

    private Future<Reservation> reserve() {
        var asked = new Reserve(
                order.who(),
                order.path(),
                order.size(),
                order.expected(),
                order.parents(),
                order.modified(),
                order.source());
        return engine.bus().ask(Storage.RESERVE, asked).onFailure(refused -> phase = Phase.ENDED);
    }

    private Future<Sink> create(Reservation reserved) {
        reservation = Optional.of(reserved);
        return engine.backend()
                .create(reserved.upload())
                .onSuccess(created -> sink = Optional.of(created))
                .compose(created -> phase == Phase.ENDED
                        ? Future.failedFuture(Fault.STOPPED.because("the upload was stopped before it began"))
                        : Future.succeededFuture(created))
                .onFailure(failure -> {
                    phase = Phase.ENDED;
                    letGo(false);
                });
    }

    private UploadId pour(Sink created) {
        phase = Phase.POURING;
        engine.tell(new TransferEvent.Started(facts(created.upload())));
        timer = engine.vertx().setPeriodic(TICK_MILLIS, ignored -> tick());
        pump.open(created);
        return created.upload();
    }

    /** Hears about twice a second how far it is, while bytes flow. */
    public void onProgress(Consumer<Marks> listener) {
        progressListener = listener;
    }

    /** Hears once, if it fails by itself: the disk is full, the peer too slow. Not after {@link #finish}. */
    public void onFailure(Consumer<FaultException> listener) {
        failureListener = listener;
    }

    /** Takes bytes, in order; after an end they are dropped. The buffer belongs to the upload from now on. */
    public void write(ByteBuffer bytes) {
        if (phase == Phase.OPENING || phase == Phase.POURING) {
            watch.moved(bytes.remaining());
            pump.add(bytes);
            demandSize();
        }
    }

    private void demandSize() {
        long limit = order.size().orElse(engine.config().files().maxSize());
        if (pump.received() > limit) {
            fail(
                    order.size().isPresent()
                            ? Fault.WRONG_SIZE.because("more bytes came than the " + limit + " that were announced")
                            : Fault.TOO_LARGE.because("a file may have at most " + limit + " bytes here"));
        }
    }

    /** Whether the door should stop giving bytes until it hears from {@link #onDrain}. */
    public boolean isFull() {
        return (phase == Phase.OPENING || phase == Phase.POURING) && pump.isFull();
    }

    /** Hears when there is room again. */
    public void onDrain(Runnable listener) {
        pump.onDrain(() -> {
            watch.excuse(engine.now());
            listener.run();
        });
    }

    /** The sender has nothing to say just now, but is there; counts where the size is unknown, as for a pipe. */
    public void keepAlive() {
        if (order.size().isEmpty()) {
            watch.excuse(engine.now());
        }
    }

    /** All bytes have been given: verifies, publishes, and only then succeeds. */
    public Future<Outcome> finish(Optional<Sha256> promised) {
        if (phase != Phase.POURING) {
            return gone.transform(ignored -> Future.failedFuture(whyEnded()));
        }
        phase = Phase.FINISHING;
        outcome = pump.flushed()
                .recover(failure -> letGoBecause(failure, true))
                .compose(ignored -> seal(promised).recover(failure -> letGoBecause(failure, false)))
                .compose(this::commit)
                .onSuccess(done -> ended(Optional.of(done.sha256()), Optional.empty()))
                .onFailure(failure -> ended(Optional.empty(), Optional.of(FaultException.of(failure))));
        return outcome;
    }

    private Future<Sealed> seal(Optional<Sha256> promised) {
        return sink.orElseThrow().seal(new Seal(order.size(), promised, order.modified()));
    }

    /** An end mark that was on its way when the upload was stopped hears what stopped it. */
    private FaultException whyEnded() {
        return stoppedBy.orElseGet(() -> Fault.STOPPED.because("the upload had ended before its end mark came"));
    }

    /** The sender hears of it when the name is free again, so that it can be used at once. */
    private <T> Future<T> letGoBecause(Throwable failure, boolean keep) {
        return letGo(keep).transform(ignored -> Future.failedFuture(failure));
    }

    private Future<Outcome> commit(Sealed sealed) {
        return sink.orElseThrow()
                .close()
                .compose(ignored -> engine.bus().ask(Storage.COMMIT, new Commit(order.who(), id(), sealed)))
                .map(entry -> new Outcome(entry, sealed.sha256(), pump.received(), took()));
    }

    /**
     * Stops it: what is durable stays, to be resumed until it expires. What is being published is published all the
     * same, and waited for.
     */
    public Future<Void> stop(FaultException why) {
        return switch (phase) {
            case OPENING -> {
                phase = Phase.ENDED;
                pump.stop();
                yield Future.succeededFuture();
            }
            case POURING -> {
                stoppedBy = Optional.of(why);
                ended(Optional.empty(), stoppedBy);
                gone = letGo(true);
                yield gone;
            }
            case FINISHING -> outcome.transform(ignored -> Future.succeededFuture());
            case ENDED -> gone;
        };
    }

    /** How far it is. */
    public Marks marks() {
        return new Marks(pump.received(), durable);
    }

    private void fail(FaultException why) {
        if (phase == Phase.OPENING || phase == Phase.POURING) {
            stop(why).onComplete(ignored -> failureListener.accept(why));
        }
    }

    private void ended(Optional<Sha256> sha256, Optional<FaultException> why) {
        phase = Phase.ENDED;
        pump.stop();
        engine.vertx().cancelTimer(timer);
        engine.tell(new TransferEvent.Finished(
                facts(id()),
                pump.received(),
                took(),
                sha256,
                why.map(fault -> fault.fault().code())));
    }

    private Future<Void> letGo(boolean keep) {
        var closed = sink.map(Sink::close).orElse(Future.succeededFuture());
        return closed.transform(
                        ignored -> engine.bus().ask(Storage.RELEASE, new Release(order.who(), id(), durable, keep)))
                .mapEmpty();
    }

    private void tick() {
        if (phase != Phase.POURING) {
            return;
        }
        progressListener.accept(marks());
        engine.tell(new TransferEvent.Progress(facts(id()), pump.received(), durable));
        if (pump.isFull()) {
            watch.excuse(engine.now());
        }
        if (watch.tooSlow(engine.now())) {
            fail(Fault.TOO_SLOW.because("too few bytes came for too long; what came is kept for a while"));
            return;
        }
        if (engine.now() - lastCheckpointAt
                >= engine.config().uploads().checkpointEvery().toNanos()) {
            checkpoint();
        }
    }

    private void written(long total) {
        if (phase == Phase.POURING
                && total - lastCheckpointBytes >= engine.config().uploads().checkpointBytes()) {
            checkpoint();
        }
    }

    /** Makes durable what was written, beside what is still coming; only then it is called durable. */
    private void checkpoint() {
        boolean remembered = reservation.map(Reservation::remembered).orElse(false);
        if (!remembered || syncing || pump.written() == durable) {
            return;
        }
        syncing = true;
        lastCheckpointBytes = pump.written();
        lastCheckpointAt = engine.now();
        sink.orElseThrow()
                .sync()
                .compose(offset -> engine.bus()
                        .ask(Storage.PROGRESS, new Progress(order.who(), id(), offset))
                        .map(offset))
                .onSuccess(offset -> durable = offset)
                .onFailure(failure -> fail(FaultException.of(failure)))
                .onComplete(ignored -> syncing = false);
    }

    private UploadId id() {
        return reservation.orElseThrow().upload();
    }

    private Duration took() {
        return Duration.ofNanos(engine.now() - startedAt);
    }

    private TransferFacts facts(UploadId id) {
        return new TransferFacts(
                id.value(),
                Direction.UPLOAD,
                order.who().account(),
                order.address(),
                order.door(),
                order.path(),
                order.size(),
                0);
    }
}
