package dev.wherry.metrics;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * What happened in a while: said on the console once a minute.
 *
 * @param over how long that while was
 * @param p50 seconds within which half of the requests were answered, {@code p99} 99 of a hundred
 * @param up acknowledged bytes of uploads, {@code down} of downloads
 */
record Summary(Duration over, long requests, double p50, double p99, long up, long down, long finished, int running) {

    /** Whether there is nothing to say. */
    boolean isQuiet() {
        return requests == 0 && up == 0 && down == 0 && finished == 0 && running == 0;
    }

    double upPerSecond() {
        return perSecond(up);
    }

    double downPerSecond() {
        return perSecond(down);
    }

    private double perSecond(long bytes) {
        return over.isPositive() ? bytes * 1e3 / over.toMillis() : 0;
    }

    JsonObject json() {
        return new JsonObject()
                .put("seconds", over.toMillis() / 1e3)
                .put("requests", requests)
                .put("p50", p50)
                .put("p99", p99)
                .put("upBytes", up)
                .put("downBytes", down)
                .put("upBytesPerSecond", Math.round(upPerSecond()))
                .put("downBytesPerSecond", Math.round(downPerSecond()))
                .put("finished", finished)
                .put("running", running);
    }
}
