package dev.wherry.transfer;

import dev.wherry.bus.Event;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import dev.wherry.storage.LeaseId;
import dev.wherry.storage.Storage;
import dev.wherry.storage.StorageRequest.Close;
import dev.wherry.storage.StorageRequest.Open;
import dev.wherry.storage.backend.Content;
import dev.wherry.storage.backend.Entry;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file read again from the disk, in pieces, to see whether it still is what was once stored. It takes the right to
 * read, and holds off whoever would delete or move the file, as a download does; what it reads goes to nobody.
 *
 * <p>Confined to the context on which it was opened.
 */
public final class Verification {
    private static final Logger LOG = LoggerFactory.getLogger(Verification.class);

    private final Transfers engine;
    private final VerifyOrder order;
    private final LeaseId lease;
    private final Content content;
    private final MessageDigest digest = Sha256.digest();
    private final DownloadPump pump;
    private long read;

    private Verification(Transfers engine, VerifyOrder order, LeaseId lease, Content content, LongConsumer onRead) {
        this.engine = engine;
        this.order = order;
        this.lease = lease;
        this.content = content;
        this.pump = new DownloadPump(
                content,
                content.entry().size(),
                Optional.of(digest),
                engine.hashing(),
                () -> DownloadPump.PIECE,
                piece -> Future.succeededFuture(),
                length -> {
                    read += length;
                    onRead.accept(read);
                });
    }

    /**
     * What a file has come to.
     *
     * @param recorded the digest that was stored with this version; where there was none, the computed one is from now
     *     on
     */
    public record Outcome(long size, Sha256 computed, Optional<Sha256> recorded) {
        /** Whether it is what it was; true where nobody knew. */
        public boolean isAsRecorded() {
            return recorded.map(computed::equals).orElse(true);
        }
    }

    /** @param onRead hears how many bytes have been read, as it goes on */
    static Future<Verification> open(Transfers engine, VerifyOrder order, LongConsumer onRead) {
        return engine.bus()
                .ask(Storage.OPEN, new Open(order.who(), order.path()))
                .compose(lease -> engine.backend()
                        .open(order.path())
                        .map(content -> new Verification(engine, order, lease, content, onRead))
                        .onFailure(failure -> end(engine, order, lease)));
    }

    /** The version that is read. */
    public Entry entry() {
        return content.entry();
    }

    /**
     * Reads all of it.
     *
     * @return what it came to, also when that is not what was recorded; {@code changed} when somebody wrote into the
     *     file meanwhile
     */
    public Future<Outcome> run() {
        return pump.run(0, DownloadPump.read(content, 0, entry().size(), DownloadPump.PIECE))
                .map(ignored -> new Outcome(entry().size(), Sha256.of(digest), entry().sha256()))
                .compose(outcome -> record(outcome).map(outcome))
                .onSuccess(this::tell)
                .onComplete(ignored -> close());
    }

    /** Best effort: what cannot be recorded is computed again the next time. */
    private Future<Void> record(Outcome outcome) {
        return outcome.recorded().isPresent()
                ? Future.succeededFuture()
                : content.record(outcome.computed()).transform(ignored -> Future.succeededFuture());
    }

    private void tell(Outcome outcome) {
        if (outcome.isAsRecorded()) {
            return;
        }
        var recorded = outcome.recorded().orElseThrow();
        LOG.error(
                "{} is not what was stored: its SHA-256 is {}, and was {}; restore it, and look at the disk",
                order.path(),
                outcome.computed(),
                recorded);
        engine.bus().tell(Event.HAPPENED, new VerificationFailed(order, outcome.size(), recorded, outcome.computed()));
    }

    /** Ends it where it is: whoever asked is gone, or their session. */
    public void stop(FaultException why) {
        pump.stop(why);
    }

    /** Lets go of one that was opened and will not run. Can be called twice. */
    public void close() {
        content.close();
        end(engine, order, lease);
    }

    private static void end(Transfers engine, VerifyOrder order, LeaseId lease) {
        engine.bus().ask(Storage.CLOSE, new Close(order.who(), lease));
    }
}
