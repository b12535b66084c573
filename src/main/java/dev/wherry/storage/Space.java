package dev.wherry.storage;

import dev.wherry.fault.Fault;
import dev.wherry.storage.backend.Backend;
import io.vertx.core.Future;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Whether there is room for one more upload, beside those that were let in already and are still coming. */
final class Space {
    private final Backend backend;
    /** What is at most this part of the free space does not change what can be said of it. */
    private static final long SMALL_PART = 1_000;

    private static final long GOOD_FOR_NANOS = 250_000_000;

    private final long maxSize;
    private final LongSupplier nanoClock;
    /** The free bytes as they were last asked for, less what was admitted since. */
    private long known;

    private long askedAt;

    /**
     * @param maxSize of one file, in bytes
     * @param nanoClock nanoseconds that only go forward, from any origin
     */
    Space(Backend backend, long maxSize, LongSupplier nanoClock) {
        this.backend = backend;
        this.nanoClock = nanoClock;
        this.maxSize = maxSize;
    }

    /** Refuses a file that is larger than one may be: {@code too-large}. */
    Future<Void> demandAllowed(OptionalLong size) {
        if (size.orElse(1) <= maxSize) {
            return Future.succeededFuture();
        }
        return Future.failedFuture(Fault.TOO_LARGE
                .because("a file may have at most " + maxSize + " bytes here")
                .with("size", size.orElse(1))
                .with("maxSize", maxSize));
    }

    /**
     * Refuses what the disk has no room for: {@code no-space}.
     *
     * @param size of what is still to come, in bytes, when known; one byte is asked for when it is not
     * @param outstanding bytes promised by others and not yet written, asked when the free space is known
     */
    Future<Void> admit(OptionalLong size, LongSupplier outstanding) {
        long wanted = size.orElse(1);
        return free(wanted).map(free -> {
            long left = Math.max(0, free - outstanding.getAsLong());
            if (wanted > left) {
                throw Fault.NO_SPACE
                        .because("not enough space on the server: " + wanted + " bytes wanted, " + left + " left")
                        .with("size", wanted)
                        .with("free", left);
            }
            return null;
        });
    }

    /** Asked anew for each upload that matters; ten thousand small ones need not ask ten thousand times. */
    private Future<Long> free(long wanted) {
        long age = nanoClock.getAsLong() - askedAt;
        if (wanted <= known / SMALL_PART && age < GOOD_FOR_NANOS) {
            known -= wanted;
            return Future.succeededFuture(known);
        }
        return backend.freeBytes().onSuccess(free -> {
            known = free;
            askedAt = nanoClock.getAsLong();
        });
    }
}
