package dev.wherry.metrics;

import dev.wherry.bus.Address;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where {@code MetricsVerticle} publishes JSON for everyone, and what it may be asked. */
public final class Metrics {
    /** One object per event; what it holds is said in {@code src/docs/events.md}. */
    public static final String EVENTS = "wherry.events";

    /** One object a second: what is running, and totals. */
    public static final String SNAPSHOTS = "wherry.metrics";

    /** Transfers that finished, the newest first; whoever asks decides who may see the answer. */
    public static final Address<HistoryQuery, List<HistoryEntry>> HISTORY = Address.of("wherry.metrics.history");

    private Metrics() {}

    /**
     * @param since the earliest end of a transfer that is wanted
     * @param limit how many at most; {@link History#MAX_LIMIT} bounds it
     */
    public record HistoryQuery(Optional<Instant> since, int limit) {}
}
