package dev.wherry.storage;

import dev.wherry.bus.Bus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what the disk failed to do. One failure may be one bad block; several within a minute are a disk that loses
 * what it is given, and a server on such a disk must not take more. It stays so until its operator has looked and
 * started it again. Confined to the context of the storage verticle.
 */
final class DiskTrouble {
    static final int TOO_MANY = 3;
    static final Duration WITHIN = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(DiskTrouble.class);

    private final Bus bus;
    private final InstantSource clock;
    private final Deque<Instant> failures = new ArrayDeque<>();
    private boolean stopped;

    DiskTrouble(Bus bus, InstantSource clock) {
        this.bus = bus;
        this.clock = clock;
    }

    void failed() {
        var now = clock.instant();
        failures.add(now);
        failures.removeIf(before -> before.isBefore(now.minus(WITHIN)));
        if (failures.size() >= TOO_MANY && !stopped) {
            stopped = true;
            LOG.error("the disk failed {} times within a minute: no changes are taken until a restart", TOO_MANY);
            bus.tell(Storage.STOPPED_CHANGES, "the disk failed " + TOO_MANY + " times within a minute");
        }
    }

    /** Whether nothing may be changed any more. */
    boolean hasStoppedChanges() {
        return stopped;
    }
}
