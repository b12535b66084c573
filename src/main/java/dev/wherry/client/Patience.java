package dev.wherry.client;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How long a lost connection is tried again: after half a second, then after twice as long each time, at most ten
 * seconds, until two minutes have passed without progress. Made anew by {@link #begun} for each transfer.
 */
public final class Patience {
    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration MOST = Duration.ofSeconds(10);
    static final Duration LIMIT = Duration.ofMinutes(2);

    /** One attempt, and no other. */
    static final Patience NONE = new Patience(System::nanoTime, nanos -> {}, 0);

    private static final long SLICE = Duration.ofMillis(100).toNanos();

    private final LongSupplier clock;
    private final Pace.Rest rest;
    private final long limit;

    /** Of whoever holds this object's lock; the clock's time of the last progress, and how long the next pause is. */
    private long progress;

    private long pause = FIRST.toNanos();

    Patience(LongSupplier clock, Pace.Rest rest) {
        this(clock, rest, LIMIT.toNanos());
    }

    private Patience(LongSupplier clock, Pace.Rest rest, long limit) {
        this.clock = clock;
        this.rest = rest;
        this.limit = limit;
        this.progress = clock.getAsLong();
    }

    public static Patience usual() {
        return new Patience(System::nanoTime, TimeUnit.NANOSECONDS::sleep);
    }

    /** The same, with all of its time before it. */
    Patience begun() {
        return new Patience(clock, rest, limit);
    }

    synchronized void progressed() {
        progress = clock.getAsLong();
        pause = FIRST.toNanos();
    }

    /** Waits before the next attempt; false when there is to be none, because it is over or was stopped. */
    boolean waits(BooleanSupplier stopped) throws InterruptedIOException {
        long left = nextPause();
        if (left <= 0) {
            return false;
        }
        try {
            for (; left > 0 && !stopped.getAsBoolean(); left -= SLICE) {
                rest.sleep(Math.min(SLICE, left));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped");
        }
        return !stopped.getAsBoolean();
    }

    private synchronized long nextPause() {
        long next = Math.min(pause, limit - (clock.getAsLong() - progress));
        pause = Math.min(2 * pause, MOST.toNanos());
        return next;
    }
}
