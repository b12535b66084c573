package dev.wherry.door.http;

import dev.wherry.auth.Auth;
import dev.wherry.auth.Principal;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import dev.wherry.storage.backend.UploadId;
import dev.wherry.transfer.Upload;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Uploads whose last part has come and whose next has not, held open for a moment: a client that sends a file in a
 * thousand parts then is one transfer and not a thousand, and pays for no reopening. Held or not makes no other
 * difference; a part that comes to another event loop resumes the upload, and this one gives way.
 *
 * <p>Belongs to one event loop.
 */
final class HeldUploads {
    /** Shorter than the time over which a rate is taken: nobody is too slow for being between two parts. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Map<UploadId, Held> held = new HashMap<>();

    HeldUploads(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * @param size of the whole, once it is known
     * @param promised the digest that whoever opened it promised
     */
    record Open(Upload upload, OptionalLong size, Optional<Sha256> promised) {}

    private record Held(Principal who, Open open, long timer) {}

    /** One that has ended meanwhile is let go: it takes no bytes, and may have given way to one that is held. */
    void hold(UploadId id, Principal who, Open open) {
        if (!open.upload().takesBytes()) {
            return;
        }
        end(id, Fault.STOPPED.because("the upload goes on elsewhere"));
        long timer = vertx.setTimer(PATIENCE.toMillis(), late -> end(id, waited()));
        held.put(id, new Held(who, open, timer));
        open.upload().onDrain(() -> {});
        open.upload().onFailure(why -> forget(id, open));
    }

    private static FaultException waited() {
        return Fault.STOPPED.because("the next part did not come at once; the upload can be resumed");
    }

    /** The upload, if it is held for this session: another one's rights may be others. */
    Optional<Open> look(UploadId id, Principal who) {
        return Optional.ofNullable(held.get(id))
                .filter(one -> one.who().session() == who.session())
                .map(Held::open)
                .filter(open -> open.upload().takesBytes());
    }

    /** The same: it is the caller's from now on. */
    Optional<Open> take(UploadId id, Principal who) {
        return look(id, who).flatMap(open -> take(id));
    }

    /** Whether something is held for this session. */
    boolean isUsedBy(Principal who) {
        return held.values().stream().anyMatch(one -> one.who().session() == who.session());
    }

    private Optional<Open> take(UploadId id) {
        return Optional.ofNullable(held.remove(id)).map(one -> {
            vertx.cancelTimer(one.timer());
            return one.open();
        });
    }

    /** It has ended by itself; by now another may be held for the same id. */
    private void forget(UploadId id, Open ended) {
        if (Optional.ofNullable(held.get(id))
                .filter(one -> one.open().equals(ended))
                .isPresent()) {
            take(id);
        }
    }

    private Future<Void> end(UploadId id, FaultException why) {
        return take(id).map(open -> open.upload().stop(why)).orElseGet(Future::succeededFuture);
    }

    void sessionsEnded(Auth.SessionsEnded ended, FaultException why) {
        List.copyOf(held.entrySet()).stream()
                .filter(one -> ended.sessions().contains(one.getValue().who().session()))
                .forEach(one -> end(one.getKey(), why));
    }

    Future<?> close(FaultException why) {
        var ends = List.copyOf(held.keySet()).stream().map(id -> end(id, why)).toList();
        return ends.isEmpty() ? Future.succeededFuture() : Future.join(ends);
    }
}
