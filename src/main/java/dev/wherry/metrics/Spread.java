package dev.wherry.metrics;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** How a measure spreads, in bounded memory (about 30 KiB), to 1 % (Gil Tene's HdrHistogram). Belongs to one thread. */
final class Spread {
    private static final int DIGITS = 2;

    private final Histogram histogram;
    private final double unit;

    /** What was said last, and of how many: to find it again costs a walk through the histogram. */
    private JsonObject said = new JsonObject();

    private long saidOf = -1;

    /** @param unit how many of the counted steps make one of what is said */
    private Spread(Histogram histogram, double unit) {
        this.histogram = histogram;
        this.unit = unit;
    }

    /** Of durations from a microsecond to a day, said in seconds. */
    static Spread ofSeconds() {
        return new Spread(new Histogram(Duration.ofDays(1).toSeconds() * 1_000_000, DIGITS), 1e6);
    }

    /** Of rates up to a terabyte a second, said in bytes a second. */
    static Spread ofBytesPerSecond() {
        return new Spread(new Histogram(1_000_000_000_000L, DIGITS), 1);
    }

    /** What is beyond the range is counted at its end. */
    void add(double value) {
        histogram.recordValue(Math.clamp(Math.round(value * unit), 0L, histogram.getHighestTrackableValue()));
    }

    void add(Duration took) {
        add(took.toNanos() / 1e9);
    }

    void addAll(Spread other) {
        histogram.add(other.histogram);
    }

    void clear() {
        histogram.reset();
        saidOf = -1;
    }

    long count() {
        return histogram.getTotalCount();
    }

    /** The value that this share of all stayed at or below; 0 when there is none. */
    double percentile(double share) {
        return histogram.getValueAtPercentile(share) / unit;
    }

    JsonObject json() {
        if (saidOf != count()) {
            said = new JsonObject()
                    .put("count", count())
                    .put("p50", percentile(50))
                    .put("p99", percentile(99));
            saidOf = count();
        }
        return said.copy();
    }
}
