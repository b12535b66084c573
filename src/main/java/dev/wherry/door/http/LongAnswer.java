package dev.wherry.door.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * An answer in JSON that takes its time: as long as it does, a space is sent now and then, which JSON lets stand before
 * what is meant, so that neither this server nor a proxy takes the connection for dead. What fails after the first one
 * breaks the connection, for the status has been said.
 */
final class LongAnswer {
    private static final Duration MOST_SILENT = Duration.ofSeconds(30);

    private final Call call;
    private final long everyMillis;

    /** @param idleTimeout after which a silent connection is closed */
    LongAnswer(Call call, Duration idleTimeout) {
        this.call = call;
        this.everyMillis = Math.max(1, Math.min(MOST_SILENT.toMillis(), idleTimeout.toMillis() / 3));
    }

    Future<Void> until(Future<JsonObject> facts) {
        long timer = call.vertx().setPeriodic(everyMillis, ignored -> sign());
        return facts.onComplete(ignored -> call.vertx().cancelTimer(timer))
                .compose(found ->
                        call.response().headWritten() ? call.response().end(JsonLine.of(found)) : call.answer(found));
    }

    private void sign() {
        var response = call.response();
        if (!response.headWritten()) {
            response.setChunked(true)
                    .putHeader(HttpHeaders.CONTENT_TYPE, JsonLine.TYPE)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        // Who reads nothing for so long gets no queue of spaces.
        if (!response.closed() && !response.writeQueueFull()) {
            response.write(" ");
        }
    }
}
