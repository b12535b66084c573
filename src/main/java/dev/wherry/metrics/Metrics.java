package dev.wherry.metrics;

import dev.wherry.bus.Address;
import dev.wherry.path.VirtualPath;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Where {@code MetricsVerticle} publishes JSON for everyone, and what it may be asked. */
public final class Metrics {
    /** One object per event; what it holds is said in {@code src/docs/events.md}. */
    public static final String EVENTS = "wherry.events";

    /** One object a second: what is running, and totals. */
    public static final String SNAPSHOTS = "wherry.metrics";

    /** Transfers that finished, the newest first; whoever asks decides who may see the answer. */
    public static final Address<HistoryQuery, List<HistoryEntry>> HISTORY = Address.of("wherry.metrics.history");

    /** What runs now, the oldest first, as in a snapshot; {@link RunningTransfers#MAX_LISTED} at most. */
    public static final Address<RunningQuery, List<JsonObject>> RUNNING = Address.of("wherry.metrics.running");

    /** What a snapshot holds but the transfers that run: nothing in it is about one account. */
    public static final Address<StatsQuery, JsonObject> STATS = Address.of("wherry.metrics.stats");

    private Metrics() {}

    /**
     * @param since the earliest end of a transfer that is wanted
     * @param until the end before which all that are wanted ended
     * @param account only of this one
     * @param path only of this one, and of what is below it
     * @param reach only of paths for which this is so
     * @param limit how many at most; {@link History#MAX_LIMIT} bounds it
     */
    public record HistoryQuery(
            Optional<Instant> since,
            Optional<Instant> until,
            Optional<String> account,
            Optional<VirtualPath> path,
            Optional<Predicate<VirtualPath>> reach,
            int limit) {
        public HistoryQuery(Optional<Instant> since, int limit) {
            this(since, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), limit);
        }
    }

    /** @param audience who is told: only of what they may see */
    public record RunningQuery(Audience audience) {}

    /** Everybody gets the same answer. */
    public record StatsQuery() {}
}
