package dev.wherry.door.http;

import dev.wherry.bus.Subscription;
import dev.wherry.fault.Fault;
import dev.wherry.metrics.Audience;
import dev.wherry.metrics.Metrics;
import dev.wherry.transfer.Backlog;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What happens, told as it happens, to whoever keeps a WebSocket open: the same objects as the console door's
 * {@code TAIL}. A reader who does not keep up is told less, not later.
 */
final class LiveFeed {
    /** Of the codes that are free for applications (RFC 6455, 7.4.2): who asks is not known any more. */
    private static final short SESSION_ENDED = 4401;

    /** Under which it is counted: when it is opened, for how long it stays open is no response time. */
    static final String WORD = "tail";

    private static final short GOING_AWAY = 1001;
    private static final int QUEUE_BYTES = 64 * 1024;

    private final HttpDoor door;
    private final SiteCheck site;

    LiveFeed(HttpDoor door) {
        this.door = door;
        this.site = new SiteCheck(door.config().http());
    }

    Future<Void> open(Call call) {
        if (!call.request().canUpgradeToWebSocket()) {
            return Future.failedFuture(
                    Fault.MALFORMED.because("this is a WebSocket; open it with one, or ask GET /transfers and /stats"));
        }
        // Browsers let any page open a WebSocket anywhere, with our cookie; programs send no origin.
        if (call.header("Origin").isPresent() && !site.isOwnOrigin(call.request(), call.peer())) {
            return Future.failedFuture(Fault.FOREIGN_ORIGIN.because("this page is not of this server"));
        }
        return call.request().toWebSocket().compose(socket -> feed(call, socket));
    }

    private Future<Void> feed(Call call, ServerWebSocket socket) {
        door.answered(WORD, Optional.of(call.who()), call.peer(), Optional.empty(), door.now());
        var audience = Audience.of(call.who());
        var backlog = new Backlog(QUEUE_BYTES);
        var subscriptions = List.of(
                door.bus()
                        .subscribe(
                                Metrics.EVENTS,
                                event -> audience.event(event).ifPresent(seen -> send(socket, backlog, seen))),
                door.bus()
                        .subscribe(Metrics.SNAPSHOTS, snapshot -> send(socket, backlog, audience.snapshot(snapshot))));
        var closed = Promise.<Void>promise();
        socket.closeHandler(ignored -> {
            subscriptions.forEach(Subscription::end);
            closed.tryComplete();
        });
        socket.exceptionHandler(ignored -> {});
        call.onInterrupt(why -> {
            boolean isOurs = why.fault() == Fault.SESSION_ENDED;
            socket.close(isOurs ? SESSION_ENDED : GOING_AWAY, why.fault().code());
        });
        return closed.future();
    }

    private static void send(ServerWebSocket socket, Backlog backlog, JsonObject json) {
        if (!socket.isClosed() && !backlog.isFull()) {
            var text = json.encode();
            backlog.add(text.length(), socket.writeTextMessage(text));
        }
    }
}
