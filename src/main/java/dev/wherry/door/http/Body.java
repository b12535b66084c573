package dev.wherry.door.http;

import dev.wherry.config.Config;
import dev.wherry.fault.Fault;
import dev.wherry.transfer.Backlog;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** A small body, which is read whole before anything is done with it: within a limit, and in good time. */
record Body(HttpServerRequest request, Vertx vertx, Config.Http http) {

    /** {@code unknown-type}, {@code too-large}, {@code too-slow} or {@code malformed} when it is not what is wanted. */
    Future<JsonObject> json() {
        return json(http.maxJson());
    }

    /** @param most bytes, of the many that the settings allow */
    Future<JsonObject> json(int most) {
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.regionMatches(true, 0, JsonLine.TYPE, 0, JsonLine.TYPE.length())) {
            return Future.failedFuture(
                    Fault.UNKNOWN_TYPE.because("send JSON here, with Content-Type: " + JsonLine.TYPE));
        }
        return whole(Math.min(most, http.maxJson())).map(Body::parse);
    }

    /** Lets a body come whose sender waits to be asked for it. */
    static void welcome(HttpServerRequest request) {
        var expected = request.getHeader(HttpHeaders.EXPECT);
        if ("100-continue".equalsIgnoreCase(expected) && !request.response().closed()) {
            request.response().writeContinue();
        }
    }

    private static JsonObject parse(Buffer body) {
        try {
            return body.toJsonObject();
        } catch (DecodeException | ClassCastException none) {
            throw Fault.MALFORMED.because("the body is no JSON object", none);
        }
    }

    private Future<Buffer> whole(int limit) {
        var whole = Promise.<Buffer>promise();
        var read = Buffer.buffer();
        long timer = vertx.setTimer(
                http.headerTimeout().toMillis(),
                late -> whole.tryFail(Fault.TOO_SLOW.because("the body did not come in time")));
        welcome(request);
        request.handler(piece -> {
            if (read.length() + piece.length() > limit) {
                whole.tryFail(Fault.TOO_LARGE
                        .because("a JSON body has at most " + limit + " bytes here")
                        .with("limit", limit));
            } else {
                read.appendBuffer(piece);
            }
        });
        request.endHandler(end -> whole.tryComplete(read));
        request.exceptionHandler(gone -> whole.tryFail(Backlog.gone()));
        RequestFlow.resume(request);
        return whole.future().onComplete(ignored -> vertx.cancelTimer(timer));
    }
}
