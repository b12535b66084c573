package dev.wherry.cli;

import dev.wherry.protocol.Facts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a server counted, as {@code STATS} and each second's snapshot say it ({@code events.md}). What an older server
 * does not say is zero, or left out.
 *
 * @param since when the server started
 * @param upBytesPerSecond over the last five seconds, as is {@code down}
 */
record Counted(
        Instant at,
        Instant since,
        long running,
        double upBytesPerSecond,
        double downBytesPerSecond,
        Ended uploads,
        Ended downloads,
        Map<String, Object> connections,
        Requests requests,
        Optional<Disk> disk) {

    static Counted of(Map<String, Object> all) {
        var facts = new Facts(all);
        return new Counted(
                Instant.parse(facts.text("at")),
                Instant.parse(facts.text("since")),
                facts.optionalNumber("running").orElse(0),
                facts.optionalDecimal("upBytesPerSecond").orElse(0),
                facts.optionalDecimal("downBytesPerSecond").orElse(0),
                Ended.of(facts.inner("uploads")),
                Ended.of(facts.inner("downloads")),
                facts.inner("connections").all(),
                Requests.of(facts.inner("requests")),
                Disk.of(facts.inner("disk")));
    }

    /** The time that the server has been up, in whole seconds. */
    long upSeconds() {
        return Math.max(0, at.getEpochSecond() - since.getEpochSecond());
    }

    /** As {@code 3 console, 0 web}. */
    String connectionsText() {
        var parts = new ArrayList<String>();
        connections.forEach((door, count) -> parts.add(count + " " + door));
        return String.join(", ", parts);
    }

    /**
     * Transfers one way that ended, since the start.
     *
     * @param seconds that those took that were done; {@code bytesPerSecond} how fast they were
     */
    record Ended(long done, long failed, long bytes, Spread seconds, Spread bytesPerSecond) {
        private static Ended of(Facts facts) {
            return new Ended(
                    facts.optionalNumber("done").orElse(0),
                    facts.optionalNumber("failed").orElse(0),
                    facts.optionalNumber("bytes").orElse(0),
                    Spread.of(facts.inner("seconds")),
                    Spread.of(facts.inner("bytesPerSecond")));
        }

        /** As {@code 12 done, 1 failed, 1.2 GiB}. */
        String text() {
            return done + " done" + (failed > 0 ? ", " + failed + " failed" : "") + ", " + Amounts.size(bytes);
        }
    }

    /** @param lastMinute seconds until the answer, as in {@code verbs} since the start */
    record Requests(long count, long failed, Spread lastMinute, List<Verb> verbs) {
        private static Requests of(Facts facts) {
            var perVerb = facts.inner("perVerb");
            return new Requests(
                    facts.optionalNumber("count").orElse(0),
                    facts.optionalNumber("failed").orElse(0),
                    Spread.of(facts.inner("lastMinute")),
                    perVerb.all().keySet().stream()
                            .map(verb -> new Verb(verb, Spread.of(perVerb.inner(verb))))
                            .toList());
        }
    }

    record Verb(String name, Spread seconds) {}

    /** How a measure spreads: half of all were at most {@code p50}, 99 of a hundred at most {@code p99}. */
    record Spread(long count, double p50, double p99) {
        private static Spread of(Facts facts) {
            return new Spread(
                    facts.optionalNumber("count").orElse(0),
                    facts.optionalDecimal("p50").orElse(0),
                    facts.optionalDecimal("p99").orElse(0));
        }
    }

    /** In bytes. */
    record Disk(long free, OptionalLong size) {
        private static Optional<Disk> of(Facts facts) {
            var size = facts.optionalNumber("size");
            var free = facts.optionalNumber("free");
            return free.isPresent() ? Optional.of(new Disk(free.getAsLong(), size)) : Optional.empty();
        }

        String text() {
            return Amounts.size(free) + " free" + (size.isPresent() ? " of " + Amounts.size(size.getAsLong()) : "");
        }
    }
}
