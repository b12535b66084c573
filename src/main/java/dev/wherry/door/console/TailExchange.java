package dev.wherry.door.console;

import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import dev.wherry.bus.Subscription;
import dev.wherry.fault.FaultException;
import dev.wherry.metrics.Audience;
import dev.wherry.metrics.Metrics;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What happens, told as it happens, until the client sends its next line. Who administers the whole tree sees all of
 * it, everyone else their own. A reader who does not keep up is told less, not later.
 */
final class TailExchange {
    private final Bus bus;
    private final Request.Tail asked;
    private final Turn turn;
    private final Audience audience;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Promise<Map<String, Object>> answer = Promise.promise();
    private long missed;

    TailExchange(Bus bus, Principal who, Request.Tail asked, Turn turn) {
        this.bus = bus;
        this.asked = asked;
        this.turn = turn;
        this.audience = Audience.of(who);
    }

    Future<Map<String, Object>> run() {
        if (asked.events()) {
            subscriptions.add(bus.subscribe(Metrics.EVENTS, this::event));
        }
        if (asked.metrics()) {
            subscriptions.add(bus.subscribe(Metrics.SNAPSHOTS, this::snapshot));
        }
        return answer.future();
    }

    /** The client wants something else. */
    void end() {
        subscriptions.forEach(Subscription::end);
        answer.tryComplete(Map.of("missed", missed));
    }

    /** The connection or the session ends. */
    Future<Void> stop(FaultException why) {
        subscriptions.forEach(Subscription::end);
        answer.tryFail(why);
        return Future.succeededFuture();
    }

    private void event(JsonObject event) {
        audience.event(event).ifPresent(seen -> send(() -> new Reply.Event(ReplyFacts.of(seen))));
    }

    private void snapshot(JsonObject snapshot) {
        long unlisted = audience.account().isEmpty() ? unlisted(snapshot) : 0;
        send(() -> SnapshotLine.of(audience.snapshot(snapshot), unlisted));
    }

    private static long unlisted(JsonObject snapshot) {
        long listed =
                snapshot.getJsonArray(SnapshotLine.TRANSFERS, new JsonArray()).size();
        return Math.max(0, snapshot.getLong("running", listed) - listed);
    }

    private void send(Supplier<Reply> line) {
        if (turn.isFull()) {
            missed++;
            return;
        }
        turn.send(line.get());
    }
}
