package dev.wherry.transfer;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Memory for bytes on their way, one way: each transfer that runs may hold its share of it, the less the more there
 * are. Otherwise what is harmless for one would, a few hundred times, be more memory than there is. Asked and told from
 * any thread.
 */
final class Room {
    /** What any transfer needs to get on at all. */
    static final long LEAST = 64 * 1024;

    /** Of the heap, for each direction. */
    private static final int PART = 10;

    private final long bytes;
    private final AtomicInteger holders = new AtomicInteger();

    Room(long bytes) {
        this.bytes = bytes;
    }

    /** A part of the heap that this process may have. */
    static Room ofHeap() {
        return new Room(Runtime.getRuntime().maxMemory() / PART);
    }

    /** One more runs. */
    void enter() {
        holders.incrementAndGet();
    }

    /** One of them has ended. */
    void leave() {
        holders.decrementAndGet();
    }

    /** Bytes that one of them may hold now, of at most so many. */
    long share(long most) {
        return Math.min(most, Math.max(LEAST, bytes / Math.max(1, holders.get())));
    }
}
