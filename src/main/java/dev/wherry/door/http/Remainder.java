package dev.wherry.door.http;

import dev.wherry.transfer.Arrivals;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * What still comes of a body that nobody wants, because its answer is said already. It is read and dropped for as long
 * as it comes, within bounds: on a connection that is closed under its sender the answer would be lost, too.
 */
final class Remainder {
    /** Whoever sends nothing for so long has nothing more to send, or means harm. */
    private static final long SILENT_MILLIS = 2_000;

    /** Nobody sends longer than this for an answer. */
    private static final int MOST_TURNS = 15;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final long timer;
    private boolean hasCome;
    private int turns;

    private Remainder(Vertx vertx, HttpServerRequest request) {
        this.vertx = vertx;
        this.request = request;
        this.timer = vertx.setPeriodic(SILENT_MILLIS, ignored -> look());
    }

    /** Drops what is left of the body, if anything. */
    static void drop(Vertx vertx, HttpServerRequest request) {
        if (!request.isEnded() && !request.method().equals(HttpMethod.CONNECT)) {
            new Remainder(vertx, request).drop();
        }
    }

    private void drop() {
        request.handler(dropped -> {
            hasCome = true;
            Arrivals.done(dropped);
        });
        request.endHandler(end -> vertx.cancelTimer(timer));
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        RequestFlow.resume(request);
    }

    private void look() {
        turns++;
        if (hasCome && turns < MOST_TURNS) {
            hasCome = false;
            return;
        }
        vertx.cancelTimer(timer);
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }
}
