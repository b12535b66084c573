package dev.wherry.door.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The open connections of one server, all on one context: no more than a limit, and each shows a whole request header
 * in good time. An idle time-out alone would let a header live that arrives a byte at a time.
 */
final class Connections {
    private final Vertx vertx;
    private final int limit;
    private final Duration headerTimeout;

    /** The timer of each connection that has not yet asked; -1 once it has. Only the context's thread. */
    private final Map<HttpConnection, Long> open = new HashMap<>();

    Connections(Vertx vertx, int limit, Duration headerTimeout) {
        this.vertx = vertx;
        this.limit = limit;
        this.headerTimeout = headerTimeout;
    }

    /** Counts a connection in, or closes it at once: it comes here after its handshake, which is not ours to stop. */
    void opened(HttpConnection connection) {
        if (open.size() >= limit) {
            connection.close();
            return;
        }
        open.put(connection, vertx.setTimer(headerTimeout.toMillis(), ignored -> connection.close()));
        connection.closeHandler(ignored -> closed(connection));
    }

    void asked(HttpServerRequest request) {
        Long timer = open.replace(request.connection(), -1L);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    private void closed(HttpConnection connection) {
        Long timer = open.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
