package dev.wherry.metrics;

import dev.wherry.transfer.TransferFacts;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;

/** A transfer that runs, as far as it has told. Belongs to the thread of {@link RunningTransfers}. */
final class RunningTransfer {
    /** Without a new byte for this long, a transfer is said to be stalled. */
    static final Duration STALLED_AFTER = Duration.ofSeconds(5);

    private final TransferFacts about;
    private final Instant started;
    private final Rate rate;
    private long bytes;
    private long durable;
    private Instant grown;

    RunningTransfer(TransferFacts about, Instant started) {
        this(about, started, about.offset());
    }

    /** One whose beginning was not heard: it is measured from what it told first. */
    RunningTransfer(TransferFacts about, Instant started, long bytes) {
        this.about = about;
        this.started = started;
        this.bytes = bytes;
        this.durable = about.offset();
        this.grown = started;
        this.rate = new Rate(started, bytes);
    }

    /** Takes what was acknowledged up to now; answers how many bytes are new. */
    long progress(Instant now, long bytesNow, long durableNow) {
        long more = Math.max(0, bytesNow - bytes);
        if (more > 0 || durableNow > durable) {
            grown = now;
        }
        bytes += more;
        durable = Math.max(durable, durableNow);
        rate.count(now, bytes);
        return more;
    }

    TransferFacts about() {
        return about;
    }

    long bytes() {
        return bytes;
    }

    double bytesPerSecond(Instant now) {
        return rate.perSecond(now);
    }

    /** Empty while the size is not known or nothing flows. */
    OptionalDouble secondsLeft(Instant now) {
        double perSecond = bytesPerSecond(now);
        return about.size().isEmpty() || perSecond <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(0, about.size().getAsLong() - bytes) / perSecond);
    }

    boolean isStalled(Instant now) {
        return Duration.between(grown, now).compareTo(STALLED_AFTER) >= 0;
    }

    JsonObject json(Instant now) {
        var json = new JsonObject()
                .put("transfer", about.id())
                .put("direction", about.direction().name().toLowerCase(Locale.ROOT))
                .put("account", about.account())
                .put("address", about.address())
                .put("door", about.door())
                .put("path", about.path().toString())
                .put("offset", about.offset())
                .put("started", started.toString())
                .put("bytes", bytes)
                .put("durable", durable)
                .put("bytesPerSecond", Math.round(bytesPerSecond(now)))
                .put("stalled", isStalled(now));
        about.size().ifPresent(size -> json.put("size", size));
        secondsLeft(now).ifPresent(seconds -> json.put("secondsLeft", seconds));
        return json;
    }
}
