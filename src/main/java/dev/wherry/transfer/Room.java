package dev.wherry.transfer;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory for bytes on their way, one way, of all transfers together, or for requests that are not done with: what is
 * harmless for one would, a few hundred times, be more than there is. Each may hold a slice of what the others leave
 * free. So the first have plenty, many get about the same each, and those who let nothing go, such as readers who do
 * not read, cannot use it up.
 */
public final class Room {
    /** What any transfer needs to get on at all. */
    static final long LEAST = 32 * 1024;

    /** Of the heap, for each direction. */
    private static final int PART = 14;

    /** Of what is free, for one. */
    private static final int SLICE = 16;

    /** Bytes that nobody may hold yet; below zero when even the least for each is more than there is. */
    private final AtomicLong free;

    Room(long bytes) {
        this.free = new AtomicLong(bytes);
    }

    /** A part of the heap that this process may have. */
    static Room ofHeap() {
        return new Room(Runtime.getRuntime().maxMemory() / PART);
    }

    /** For one more, which holds nothing yet. */
    public Share share() {
        return new Share();
    }

    /** Bytes that nobody may hold. */
    long free() {
        return free.get();
    }

    /** What one transfer may hold. Belongs to the event loop of its transfer. */
    public final class Share {
        private long granted;
        private boolean isOver;

        /** Bytes that it may hold now, of at most so many. */
        long of(long most) {
            if (isOver) {
                return Math.min(most, LEAST);
            }
            long now = Math.min(most, Math.max(LEAST, (free.get() + granted) / SLICE));
            free.addAndGet(granted - now);
            granted = now;
            return now;
        }

        /** Whether it may hold just so many bytes, and does from now on; what it held before stays where it may not. */
        public boolean fits(long bytes) {
            if (isOver || bytes > Math.max(granted, Math.max(LEAST, (free.get() + granted) / SLICE))) {
                return false;
            }
            free.addAndGet(granted - bytes);
            granted = bytes;
            return true;
        }

        /** It holds nothing, and will not again. */
        public void end() {
            isOver = true;
            free.addAndGet(granted);
            granted = 0;
        }
    }
}
