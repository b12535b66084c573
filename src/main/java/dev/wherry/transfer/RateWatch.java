package dev.wherry.transfer;

import java.time.Duration;

/**
 * Whether a peer keeps to the minimum rate. An idle time-out alone would let a peer that sends a byte now and then live
 * for ever. Time in which we ourselves held the peer up does not count against it.
 */
final class RateWatch {
    private final long minimumRate;
    private final long windowNanos;

    private long windowStart;
    private long windowBytes;
    private int pauses;
    /** Of the first of the pauses that are not over. */
    private long pausedAt;

    /**
     * @param minimumRate bytes a second
     * @param window over which the rate is taken
     * @param now in nanoseconds
     */
    RateWatch(long minimumRate, Duration window, long now) {
        this.minimumRate = minimumRate;
        this.windowNanos = window.toNanos();
        this.windowStart = now;
    }

    void moved(long bytes) {
        windowBytes += bytes;
    }

    /** The peer is excused up to now: it waited for us, or showed otherwise that it is alive. */
    void excuse(long now) {
        windowStart = now;
        windowBytes = 0;
        pausedAt = now;
    }

    /**
     * The peer waits for us from now on: for each time until {@link #goOn}. It is not excused thereby, or whoever has
     * every byte made sure of would never be too slow.
     */
    void pause(long now) {
        if (pauses == 0) {
            pausedAt = now;
        }
        pauses++;
    }

    void goOn(long now) {
        pauses--;
        if (pauses == 0) {
            windowStart += now - pausedAt;
        }
    }

    /** Whether a whole window has passed in which too little moved; a window that did well starts the next. */
    boolean tooSlow(long now) {
        if (pauses > 0) {
            return false;
        }
        long elapsed = now - windowStart;
        if (elapsed < windowNanos) {
            return false;
        }
        boolean slow = windowBytes < minimumRate * (elapsed / 1e9);
        excuse(now);
        return slow;
    }
}
