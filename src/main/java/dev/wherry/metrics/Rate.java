package dev.wherry.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/**
 * Bytes a second over the last few seconds, from a count that only grows. Belongs to one thread.
 *
 * <p>The count is known at moments only. After the newest one it is taken to stand still, so that what is said rests on
 * what was acknowledged, and falls to zero when nothing comes.
 */
final class Rate {
    static final Duration WINDOW = Duration.ofSeconds(5);
    /** Samples closer than this are one: the memory used does not depend on how often something is told. */
    private static final long GRAIN_MILLIS = 250;

    /** What is told twice a second is not late before a whole one has passed. */
    private static final long FRESH_MILLIS = 1_000;

    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

    Rate(Instant start, long count) {
        samples.add(new Sample(start.toEpochMilli(), count));
    }

    void count(Instant now, long count) {
        long at = now.toEpochMilli();
        var last = samples.getLast();
        if (at < last.at) {
            samples.clear(); // the clock was set back: what was measured by the other time says nothing now
        } else if (samples.size() > 1 && at - last.at < GRAIN_MILLIS) {
            samples.removeLast();
            at = last.at;
        }
        samples.add(new Sample(at, count));
        forget(at);
    }

    double perSecond(Instant now) {
        long at = now.toEpochMilli();
        forget(at);
        var first = samples.getFirst();
        var last = samples.getLast();
        long until = Math.max(last.at, at - FRESH_MILLIS);
        long since = Math.max(first.at, until - WINDOW.toMillis());
        return (last.count - first.count) * 1000.0 / Math.max(until - since, GRAIN_MILLIS);
    }

    /** The newest sample from before the window stays: it says what the count was when the window began. */
    private void forget(long now) {
        while (samples.size() > 1) {
            var first = samples.removeFirst();
            if (samples.getFirst().at > now - WINDOW.toMillis()) {
                samples.addFirst(first);
                return;
            }
        }
    }

    private record Sample(long at, long count) {}
}
