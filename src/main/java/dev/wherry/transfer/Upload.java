package dev.wherry.transfer;

import dev.wherry.bus.Subscription;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import dev.wherry.storage.Resumption;
import dev.wherry.storage.Storage;
import dev.wherry.storage.Storage.Reservation;
import dev.wherry.storage.StorageRequest.Commit;
import dev.wherry.storage.StorageRequest.Fate;
import dev.wherry.storage.StorageRequest.Release;
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
 * <p>However it ends, it ends once: what it held is let go of first, and only then is anybody told. Confined to the
 * context on which it was begun.
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
    /** What it goes on from, unless it begins anew. */
    private final Optional<Resumption.Going> resumption;

    private final UploadPump pump;
    private final RateWatch watch;
    private final long startedAt;

    private Phase phase = Phase.OPENING;
    private Optional<Reservation> reservation = Optional.empty();
    private Optional<Sink> sink = Optional.empty();
    private Optional<Checkpoints> checkpoints = Optional.empty();
    private Consumer<Marks> progressListener = ignored -> {};
    private Consumer<FaultException> failureListener = ignored -> {};
    /** What was told to whoever listened then. */
    private Optional<FaultException> toldFailure = Optional.empty();

    private Future<UploadId> opening = Future.failedFuture("not begun");
    /** What it comes to, once that has begun to be decided. */
    private Future<Outcome> ending = Future.failedFuture("not ended");

    private final Room.Share room;
    private boolean handedOver;
    private boolean isInPart;
    /** Whether what came is not to be kept for a resume. */
    private boolean isDiscarded;
    /** Whether the disk has failed, by now: it may do so while the upload is let go of. */
    private boolean isDiskBad;

    private Subscription givingWay = () -> {};
    private long timer = -1;

    Upload(Transfers engine, UploadOrder order, Optional<Resumption.Going> resumption) {
        this.engine = engine;
        this.order = order;
        this.room = engine.uploads().share();
        this.resumption = resumption;
        this.pump = new UploadPump(engine.blocks(), this::mostBuffered, this::written, this::fail);
        this.watch = engine.rateWatch();
        this.startedAt = engine.now();
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
        opening = reserve().compose(this::open).map(this::pour).onFailure(refused -> {
            phase = Phase.ENDED;
            pump.stop();
            room.end();
            givingWay.end();
        });
        return opening;
    }

    private long mostBuffered() {
        return room.of(engine.config().transfers().maxBuffered());
    }

    private Future<Reservation> reserve() {
        return resumption
                .map(going -> Future.succeededFuture(going.reservation()))
                .orElseGet(() -> engine.bus().ask(Storage.RESERVE, order.reserve()));
    }

    private Future<Sink> open(Reservation reserved) {
        reservation = Optional.of(reserved);
        if (reserved.remembered()) {
            givingWay = engine.bus().hear(Storage.GIVE_WAY, this::giveWay);
        }
        var backend = engine.backend();
        return (resumption.isPresent() ? backend.resume(reserved.upload()) : backend.create(reserved.upload()))
                .onSuccess(created -> sink = Optional.of(created))
                .compose(created -> phase == Phase.ENDED ? ending.mapEmpty() : Future.succeededFuture(created))
                .recover(failure -> letGo(resumption.isPresent() ? Fate.KEEP : Fate.DROP)
                        .transform(ignored -> Future.failedFuture(failure)));
    }

    private UploadId pour(Sink created) {
        phase = Phase.POURING;
        if (reservation.orElseThrow().remembered()) {
            checkpoints = Optional.of(new Checkpoints(engine, order, created, durableBefore(), this::fail));
        }
        engine.tell(new TransferEvent.Started(facts()));
        timer = engine.vertx().setPeriodic(TICK_MILLIS, ignored -> tick());
        pump.open(created);
        return created.upload();
    }

    /** Somebody else of the same account has it from now on. */
    private void giveWay(Storage.GiveWay asked) {
        if (asked.upload().equals(id())) {
            fail(asked.why());
        }
    }

    private long durableBefore() {
        return resumption.map(Resumption.Going::durable).orElse(0L);
    }

    /** Where the bytes that are wanted begin, once it has begun. */
    public long offset() {
        return sink.map(Sink::offset).orElse(0L);
    }

    /** Hears about twice a second how far it is, from its beginning to its end. */
    public void onProgress(Consumer<Marks> listener) {
        progressListener = listener;
    }

    /** Hears once, if it fails by itself (a full disk, say) before {@link #finish}; at once where it has by now. */
    public void onFailure(Consumer<FaultException> listener) {
        failureListener = listener;
        toldFailure.ifPresent(listener);
    }

    /** Takes bytes, in order, by copying them; after an end they are dropped. */
    public void write(ByteBuffer bytes) {
        if (!takesBytes()) {
            return;
        }
        long limit = order.size().orElse(engine.config().files().maxSize());
        if (pump.received() + bytes.remaining() > limit) {
            fail(
                    order.size().isPresent()
                            ? Fault.WRONG_SIZE.because("more bytes came than the " + limit + " that were announced")
                            : Fault.TOO_LARGE.because("a file may have at most " + limit + " bytes here"));
            return;
        }
        watch.moved(bytes.remaining());
        pump.add(bytes);
    }

    /** Whether bytes count: it has not ended, and not all have been given. */
    public boolean takesBytes() {
        return phase == Phase.OPENING || phase == Phase.POURING;
    }

    /** Bytes that are here, with those from before it was resumed: where the next one goes. */
    public long received() {
        return pump.received();
    }

    /**
     * Begins a part that counts only whole: until {@link #keepPart} it can be taken back, and is not made durable.
     *
     * @return done when bytes may come
     */
    public Future<Void> beginPart() {
        isInPart = true;
        checkpoints.ifPresent(Checkpoints::hold);
        return ours(pump.handOver().compose(ignored -> sink.orElseThrow().mark()));
    }

    /** The part is what was promised; done when it counts. */
    public Future<Void> keepPart() {
        endPart();
        return ours(pump.handOver().compose(ignored -> sink.orElseThrow().keep()));
    }

    private void endPart() {
        isInPart = false;
        checkpoints.ifPresent(Checkpoints::release);
    }

    /** The part is not: the upload stands where it stood before it. */
    public Future<Void> dropPart() {
        isInPart = false;
        return ours(pump.back().onComplete(ignored -> endPart()));
    }

    /** Done when all that was given is in the file, where it outlives this process; fails when it could not be. */
    public Future<Void> flush() {
        return ours(pump.flush());
    }

    /** Work that the sender waits for: that time is not the sender's. */
    private <T> Future<T> ours(Future<T> work) {
        watch.pause(engine.now());
        return work.onComplete(done -> watch.goOn(engine.now()));
    }

    /** Whether the door should stop giving bytes until it hears from {@link #onDrain}. */
    public boolean isFull() {
        return takesBytes() && pump.isFull();
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

    /** All bytes have been given: verifies, also what was promised before, publishes, and only then succeeds. */
    public Future<Outcome> finish(Optional<Sha256> promised) {
        if (phase == Phase.POURING) {
            phase = Phase.FINISHING;
            ending = conclude(pump.handOver().compose(ignored -> seal(promised)).compose(this::commit));
        }
        return ending;
    }

    private Future<Sealed> seal(Optional<Sha256> promised) {
        var digest = promised.or(() -> resumption.flatMap(Resumption.Going::promised));
        return sink.orElseThrow().seal(new Seal(order.size(), digest, order.modified()));
    }

    /** From here on the bytes are storage's: it publishes them, or keeps them for another name. */
    private Future<Outcome> commit(Sealed sealed) {
        handedOver = true;
        return sink.orElseThrow()
                .close()
                .transform(closed -> engine.bus().ask(Storage.COMMIT, new Commit(order.who(), id(), sealed)))
                .map(entry -> new Outcome(entry, sealed.sha256(), moved(), took()));
    }

    /**
     * Stops it: what is durable stays, to be resumed until it expires. What is being published is published all the
     * same, and waited for.
     */
    public Future<Void> stop(FaultException why) {
        if (phase == Phase.OPENING) {
            phase = Phase.ENDED;
            pump.stop();
            ending = Future.failedFuture(why);
            return opening.transform(ignored -> Future.succeededFuture());
        }
        if (phase == Phase.POURING) {
            phase = Phase.ENDED;
            // What has arrived need not be sent again, but for a part that counts only whole.
            var settled = isInPart ? dropPart() : pump.handOver();
            pump.stop();
            ending = conclude(settled.transform(done -> Future.failedFuture(Ending.graver(why, done))));
        }
        return ending.transform(ignored -> Future.succeededFuture());
    }

    /** Stops it, and nothing of it stays. */
    public Future<Void> discard(FaultException why) {
        isDiscarded = true;
        return stop(why);
    }

    /** The one end of an upload that has poured: what it held is let go of, then it is told how it ended. */
    private Future<Outcome> conclude(Future<Outcome> result) {
        return result.recover(failure -> letGo(isDiscarded ? Fate.DROP : Ending.fate(FaultException.of(failure)))
                        .transform(ignored -> Future.failedFuture(failure)))
                .onComplete(end -> {
                    phase = Phase.ENDED;
                    pump.stop();
                    room.end();
                    engine.vertx().cancelTimer(timer);
                    givingWay.end();
                    engine.tell(new TransferEvent.Finished(
                            facts(),
                            moved(),
                            took(),
                            Optional.ofNullable(end.result()).map(Outcome::sha256),
                            Optional.ofNullable(end.cause())
                                    .map(cause ->
                                            FaultException.of(cause).fault().code())));
                });
    }

    private Future<Void> letGo(Fate fate) {
        if (handedOver) {
            return Future.succeededFuture();
        }
        return Ending.settle(checkpoints.filter(any -> fate == Fate.KEEP), pump.received(), sink)
                .transform(ignored -> engine.bus().ask(Storage.RELEASE, release(fate)))
                .mapEmpty();
    }

    private Release release(Fate fate) {
        return new Release(order.who(), id(), marks().durable(), isDiskBad ? Ending.behindBadDisk(fate) : fate);
    }

    /** How far it is. */
    public Marks marks() {
        return new Marks(pump.received(), checkpoints.map(Checkpoints::durable).orElseGet(this::durableBefore));
    }

    private void fail(FaultException why) {
        isDiskBad |= why.fault() == Fault.DISK_FAILED;
        if (takesBytes()) {
            stop(why).onComplete(ignored -> {
                toldFailure = Optional.of(why);
                failureListener.accept(why);
            });
        }
    }

    private void tick() {
        progressListener.accept(marks());
        if (phase != Phase.POURING) {
            return;
        }
        engine.tell(new TransferEvent.Progress(facts(), pump.received(), marks().durable()));
        if (pump.isFull()) {
            watch.excuse(engine.now());
        }
        if (watch.tooSlow(engine.now())) {
            fail(Fault.TOO_SLOW.because("too few bytes came for too long; what came is kept for a while"));
        } else {
            checkpoints.ifPresent(Checkpoints::tick);
        }
    }

    private void written(long total) {
        if (phase == Phase.POURING) {
            checkpoints.ifPresent(running -> running.wrote(total));
        }
    }

    private UploadId id() {
        return reservation.orElseThrow().upload();
    }

    private long moved() {
        return pump.received() - offset();
    }

    private Duration took() {
        return Duration.ofNanos(engine.now() - startedAt);
    }

    private TransferFacts facts() {
        return new TransferFacts(
                id().value(),
                Direction.UPLOAD,
                order.who().account(),
                order.address(),
                order.door(),
                order.path(),
                order.size(),
                offset());
    }
}
