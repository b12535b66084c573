package dev.wherry.transfer;

import java.time.Duration;

/**
 * Whether a peer keeps to the minimum rate. An idle time-out alone would let a peer that sends a byte now and then live
 * for ever. Time in which we ourselves held the peer up does not count against it.
 *
 * <p>What a peer takes is seen in lumps, for what lies in buffers on the way looks taken, and then nothing goes until
 * they have room again. So the rate is taken over at least the time that a lump needs at the minimum rate: within less,
 * a peer that is fast enough may seem to take nothing.
 */
final class RateWatch {
    private final long minimumRate;
    private final long windowNanos;

    private long windowStart;
    private long windowBytes;

    /**
     * @param minimumRate bytes a second
     * @param window over which the rate is taken
     * @param lump bytes that may pass at once; 0 where each is seen as it comes
     * @param now in nanoseconds
     */
    RateWatch(long minimumRate, Duration window, long lump, long now) {
        this.minimumRate = minimumRate;
        long lumpNanos = minimumRate == 0 ? 0 : (long) (lump * 1e9 / minimumRate);
        this.windowNanos = Math.max(window.toNanos(), lumpNanos);
        this.windowStart = now;
    }

    void moved(long bytes) {
        windowBytes += bytes;
    }

    /** The peer is excused up to now: it waited for us, or showed otherwise that it is alive. */
    void excuse(long now) {
        windowStart = now;
        windowBytes = 0;
    }

    /** Whether a whole window has passed in which too little moved; a window that did well starts the next. */
    boolean tooSlow(long now) {
        long elapsed = now - windowStart;
        if (elapsed < windowNanos) {
            return false;
        }
        boolean slow = windowBytes < minimumRate * (elapsed / 1e9);
        excuse(now);
        return slow;
    }
}
