package dev.wherry.door.console;

import dev.wherry.fault.FaultException;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** One request from its line to its final reply. Confined to the connection's event loop. */
final class Exchange {
    private final Request request;
    private final Turn turn;
    /** When the last of it was read that had to come for it to be answered. */
    private long askedAt;

    private Optional<FaultException> interruption = Optional.empty();
    private Optional<Reply> answer = Optional.empty();
    private boolean closes;
    private boolean live;
    private long liveAt;
    private Runnable ended = () -> {};
    private Function<FaultException, Future<Void>> interrupter = why -> Future.succeededFuture();

    /** @param startedAt when its line was read, in nanoseconds */
    Exchange(Request request, Turn turn, long startedAt) {
        this.request = request;
        this.turn = turn;
        this.askedAt = startedAt;
    }

    Request request() {
        return request;
    }

    /** Its place in the order of replies. */
    Turn turn() {
        return turn;
    }

    /**
     * How long its asker waited for its end, from when all of it was here; or for what is told without end to begin.
     */
    Duration took(long now) {
        return Duration.ofNanos((live ? liveAt : now) - askedAt);
    }

    /** Its data phase is over: only now is anything waited for. */
    void whole(long now) {
        if (!isAnswered()) {
            askedAt = now;
        }
    }

    /** Whether it may run beside others of its kind. */
    boolean isTransfer() {
        return request.hasDataPhase() || request instanceof Request.Download;
    }

    /** How to end it before its time; done when it has ended. */
    void onInterrupt(Function<FaultException, Future<Void>> how) {
        interrupter = how;
    }

    /** Ends it if it can be ended; what cannot, such as a deletion, is answered when it is done. */
    Future<Void> interrupt(FaultException why) {
        if (isAnswered()) {
            return Future.succeededFuture();
        }
        interruption = Optional.of(why);
        return interrupter.apply(why);
    }

    /** Why it is to end, where that was said before it could be. */
    Optional<FaultException> interruption() {
        return interruption;
    }

    /** From now on it goes on until the client sends another line, which is read meanwhile. */
    void goLive(long now, Runnable atNextLine) {
        live = true;
        liveAt = now;
        ended = atNextLine;
    }

    /** The next line has come: what is live ends well. */
    void nextLine() {
        if (live && !isAnswered()) {
            ended.run();
        }
    }

    /** Whether what follows must wait for its answer. */
    boolean holdsTheLine() {
        return !isTransfer() && !live;
    }

    /** The connection is closed behind its answer. */
    void closeAfterwards() {
        closes = true;
    }

    boolean closesAfterwards() {
        return closes;
    }

    void answered(Reply reply) {
        answer = Optional.of(reply);
    }

    boolean isAnswered() {
        return answer.isPresent();
    }

    /** The final reply, once it is answered. */
    Reply answer() {
        return answer.orElseThrow();
    }
}
