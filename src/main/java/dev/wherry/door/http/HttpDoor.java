package dev.wherry.door.http;

import dev.wherry.auth.Auth;
import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.config.Config;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.metrics.RequestAnswered;
import dev.wherry.transfer.Transfers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What the requests of one event loop share, and which of them run. */
final class HttpDoor {
    /** How long an answer that is whole may take to leave, once the server stops. */
    private static final long DRAIN_MILLIS = 2_000;

    private final Vertx vertx;
    private final HttpParts parts;
    private final Callers callers;
    private final HeldUploads uploads;
    private final WorkerExecutor zipping;
    private final List<Predicate<Principal>> otherUses = new ArrayList<>();
    /** With what is done when each has ended. */
    private final Map<Call, Future<Void>> running = new HashMap<>();

    HttpDoor(Vertx vertx, HttpParts parts) {
        this.vertx = vertx;
        this.parts = parts;
        this.callers = new Callers(parts.bus(), parts.nanoClock(), this::isInUse);
        this.uploads = new HeldUploads(vertx);
        this.zipping =
                vertx.createSharedWorkerExecutor("zip", Runtime.getRuntime().availableProcessors());
    }

    /** Runs it, as long as its session lasts. */
    Future<Void> run(Call call, Route route) {
        var answer = attempt(call, route);
        running.put(call, answer);
        return answer.onComplete(ignored -> running.remove(call));
    }

    private static Future<Void> attempt(Call call, Route route) {
        try {
            return route.action().run(call);
        } catch (RuntimeException failure) {
            return Future.failedFuture(failure);
        }
    }

    void sessionsEnded(Auth.SessionsEnded ended) {
        var why = Fault.SESSION_ENDED.because("the session has ended; log in again");
        new ArrayList<>(running.keySet())
                .stream()
                        .filter(call -> ended.sessions().contains(call.who().session()))
                        .forEach(call -> call.interrupt(why));
        uploads.sessionsEnded(ended, why);
    }

    boolean isInUse(Principal who) {
        return running.keySet().stream().anyMatch(call -> call.who().session() == who.session())
                || uploads.isUsedBy(who)
                || otherUses.stream().anyMatch(use -> use.test(who));
    }

    /** Something else, beside requests, that goes on in a session. */
    void alsoUsedBy(Predicate<Principal> use) {
        otherUses.add(use);
    }

    /** Makes the pieces of zips. */
    WorkerExecutor zipping() {
        return zipping;
    }

    void sweep() {
        callers.sweep();
    }

    /** Ends what runs: uploads stay resumable, what is being published is published. */
    Future<?> close() {
        var why = Fault.UNAVAILABLE.because("the server is stopping; unfinished uploads can be resumed");
        var ends = List.copyOf(running.values());
        List.copyOf(running.keySet()).forEach(call -> call.interrupt(why));
        long timer = vertx.setTimer(
                DRAIN_MILLIS, late -> List.copyOf(running.keySet()).forEach(Call::cutWhatIsSaid));
        return Future.join(List.of(uploads.close(why), ends.isEmpty() ? Future.succeededFuture() : Future.join(ends)))
                .otherwiseEmpty()
                .onComplete(ended -> vertx.cancelTimer(timer));
    }

    void answered(String word, Optional<Principal> who, Peer peer, Optional<FaultException> fault, long startedAt) {
        bus().tell(
                        Event.HAPPENED,
                        new RequestAnswered(
                                HttpParts.DOOR,
                                word,
                                who.map(Principal::account).orElse(""),
                                peer.address(),
                                fault.map(failure -> failure.fault().code()).orElse("done"),
                                Duration.ofNanos(now() - startedAt)));
    }

    Vertx vertx() {
        return vertx;
    }

    HttpParts parts() {
        return parts;
    }

    Bus bus() {
        return parts.bus();
    }

    Config config() {
        return parts.config();
    }

    Transfers transfers() {
        return parts.transfers();
    }

    Callers callers() {
        return callers;
    }

    HeldUploads uploads() {
        return uploads;
    }

    long now() {
        return parts.nanoClock().getAsLong();
    }
}
