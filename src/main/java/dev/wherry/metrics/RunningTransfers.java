package dev.wherry.metrics;

import dev.wherry.transfer.TransferEvent;
import dev.wherry.transfer.TransferFacts;
import dev.wherry.transfer.TransferFacts.Direction;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs, and how many acknowledged bytes went each way since the start. Belongs to one thread.
 *
 * <p>The order in which transfers tell is their own; one whose beginning was missed (a handed-over upload that starts
 * again before it has ended elsewhere) appears with its next progress.
 */
final class RunningTransfers {
    /** So that a snapshot stays small however many run; all are counted. */
    static final int MAX_LISTED = 1_000;

    private final Map<String, RunningTransfer> running = new LinkedHashMap<>();
    private final Map<Direction, Long> moved = new EnumMap<>(Direction.class);
    private final Map<Direction, Rate> rates = new EnumMap<>(Direction.class);

    RunningTransfers(Instant now) {
        for (var direction : Direction.values()) {
            moved.put(direction, 0L);
            rates.put(direction, new Rate(now, 0));
        }
    }

    void heard(TransferEvent event, Instant now) {
        switch (event) {
            case TransferEvent.Started started ->
                running.put(started.about().id(), new RunningTransfer(started.about(), now));
            case TransferEvent.FirstByte _ -> {}
            case TransferEvent.Progress(TransferFacts about, long bytes, long durable) -> {
                var transfer = running.computeIfAbsent(about.id(), ignored -> new RunningTransfer(about, now, bytes));
                moved(about.direction(), transfer.progress(now, bytes, durable), now);
            }
            case TransferEvent.Finished finished -> {
                long before = Optional.ofNullable(
                                running.remove(finished.about().id()))
                        .map(transfer -> transfer.bytes() - transfer.about().offset())
                        .orElse(0L);
                moved(finished.about().direction(), Math.max(0, finished.bytes() - before), now);
            }
        }
    }

    private void moved(Direction direction, long bytes, Instant now) {
        long all = moved(direction) + bytes;
        moved.put(direction, all);
        rate(direction).count(now, all);
    }

    /** Acknowledged bytes since the start, of transfers that run and that ended. */
    long moved(Direction direction) {
        return moved.getOrDefault(direction, 0L);
    }

    double bytesPerSecond(Direction direction, Instant now) {
        return rate(direction).perSecond(now);
    }

    private Rate rate(Direction direction) {
        return rates.computeIfAbsent(direction, missing -> {
            throw new IllegalStateException("every direction has a rate: " + missing);
        });
    }

    int count() {
        return running.size();
    }

    /** The oldest first. */
    Collection<RunningTransfer> all() {
        return Collections.unmodifiableCollection(running.values());
    }

    /** The oldest of those that may be seen, up to {@link #MAX_LISTED}. */
    List<JsonObject> json(Audience audience, Instant now) {
        return running.values().stream()
                .filter(transfer -> audience.sees(transfer.about()))
                .limit(MAX_LISTED)
                .map(transfer -> transfer.json(now))
                .toList();
    }
}
