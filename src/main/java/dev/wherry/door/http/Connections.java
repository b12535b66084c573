package dev.wherry.door.http;

import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.metrics.ConnectionEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The open connections of one event loop: no more than a limit, which all loops share, and each shows a whole request
 * header in good time. An idle time-out alone would let a header live that arrives a byte at a time.
 */
final class Connections {
    private final Vertx vertx;
    private final Bus bus;
    private final int limit;
    private final Duration headerTimeout;
    private final AtomicInteger count;

    /** The timer of each connection that has not yet asked; -1 once it has. Only the context's thread. */
    private final Map<HttpConnection, Long> open = new HashMap<>();

    Connections(Vertx vertx, HttpParts parts) {
        this.vertx = vertx;
        this.bus = parts.bus();
        this.limit = parts.config().http().maxConnections();
        this.headerTimeout = parts.config().http().headerTimeout();
        this.count = parts.open();
    }

    /** Counts a connection in, or closes it at once: it comes here after its handshake, which is not ours to stop. */
    void opened(HttpConnection connection) {
        if (count.incrementAndGet() > limit) {
            count.decrementAndGet();
            connection.close();
            return;
        }
        var address = connection.remoteAddress().hostAddress();
        open.put(connection, vertx.setTimer(headerTimeout.toMillis(), ignored -> connection.close()));
        bus.tell(Event.HAPPENED, new ConnectionEvent(true, HttpParts.DOOR, address));
        connection.closeHandler(ignored -> closed(connection, address));
    }

    void asked(HttpServerRequest request) {
        var timer = open.replace(request.connection(), -1L);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    private void closed(HttpConnection connection, String address) {
        var timer = open.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
            count.decrementAndGet();
            bus.tell(Event.HAPPENED, new ConnectionEvent(false, HttpParts.DOOR, address));
        }
    }
}
