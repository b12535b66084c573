package dev.wherry.door.console;

import dev.wherry.auth.Principal;
import dev.wherry.auth.Right;
import dev.wherry.bus.Bus;
import dev.wherry.bus.Subscription;
import dev.wherry.fault.FaultException;
import dev.wherry.metrics.Metrics;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What happens, told as it happens, until the client sends its next line. Who administers the whole tree sees all of
 * it, everyone else their own. A reader who does not keep up is told less, not later.
 */
final class TailExchange {
    private final Bus bus;
    private final Principal who;
    private final Request.Tail asked;
    private final Turn turn;
    private final boolean seesAll;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Promise<Map<String, Object>> answer = Promise.promise();
    private long missed;

    TailExchange(Bus bus, Principal who, Request.Tail asked, Turn turn) {
        this.bus = bus;
        this.who = who;
        this.asked = asked;
        this.turn = turn;
        this.seesAll = who.may(Right.ADMINISTER, VirtualPath.ROOT);
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
        if (seesAll || isMine(event)) {
            send(event);
        }
    }

    private void snapshot(JsonObject snapshot) {
        if (seesAll) {
            send(snapshot);
            return;
        }
        var mine = new JsonArray();
        snapshot.getJsonArray("transfers", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .filter(this::isMine)
                .forEach(mine::add);
        send(snapshot.copy().put("transfers", mine));
    }

    private boolean isMine(JsonObject fact) {
        return who.account().equals(fact.getString("account"));
    }

    private void send(JsonObject json) {
        if (turn.isFull()) {
            missed++;
            return;
        }
        turn.send(new Reply.Event(ReplyFacts.of(json)));
    }
}
