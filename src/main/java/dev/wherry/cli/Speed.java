package dev.wherry.cli;

import java.util.ArrayDeque;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/** How fast bytes have gone lately: over the last five seconds, so that a stall shows soon and a hiccup does not. */
final class Speed {
    private static final long WINDOW_NANOS = 5_000_000_000L;
    private static final long LEAST_NANOS = 200_000_000L;

    private final LongSupplier clock;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

    /** @param clock in nanoseconds, from any origin */
    Speed(LongSupplier clock) {
        this.clock = clock;
        samples.add(new Sample(clock.getAsLong(), 0));
    }

    /** From here on: what was there before has not gone now. */
    void from(long bytes) {
        samples.clear();
        samples.add(new Sample(clock.getAsLong(), bytes));
    }

    void at(long bytes) {
        long now = clock.getAsLong();
        samples.addLast(new Sample(now, bytes));
        while (samples.size() > 2 && now - samples.getFirst().nanos() > WINDOW_NANOS) {
            samples.removeFirst();
        }
    }

    /** Bytes a second; none before there is enough to tell. */
    OptionalDouble perSecond() {
        long nanos = clock.getAsLong() - samples.getFirst().nanos();
        if (nanos < LEAST_NANOS || samples.size() < 2) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of((samples.getLast().bytes() - samples.getFirst().bytes()) * 1e9 / nanos);
    }

    private record Sample(long nanos, long bytes) {}
}
