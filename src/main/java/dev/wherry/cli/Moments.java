package dev.wherry.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Points in time as people write them: {@code 90m}, {@code 12h}, {@code 30d} from now, {@code 2026-07-01},
 * {@code 2026-07-01 12:30} in this machine's zone, {@code 2026-07-01T10:30:00Z}, {@code today}, {@code yesterday}.
 */
final class Moments {
    /** For messages and help. */
    static final String EXAMPLES = "90m, 12h, 30d, 2026-07-01, \"2026-07-01 12:30\" or 2026-07-01T10:30:00Z";

    private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})([smhdw])");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1),
            "w", Duration.ofDays(7));

    private final Instant now;
    private final ZoneId zone;

    Moments(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    static Moments ofProcess() {
        return new Moments(Instant.now(), ZoneId.systemDefault());
    }

    /** A span of time is counted back from now. */
    Instant past(String text) {
        var span = SPAN.matcher(text);
        return span.matches() ? now.minus(length(span)) : moment(text);
    }

    /** A span of time is counted on from now. */
    Instant future(String text) {
        var span = SPAN.matcher(text);
        return span.matches() ? now.plus(length(span)) : moment(text);
    }

    private static Duration length(Matcher span) {
        return UNITS.getOrDefault(span.group(2), Duration.ZERO).multipliedBy(Long.parseLong(span.group(1)));
    }

    private Instant moment(String text) {
        try {
            return switch (text) {
                case "now" -> now;
                case "today" -> midnight(LocalDate.ofInstant(now, zone));
                case "yesterday" -> midnight(LocalDate.ofInstant(now, zone).minusDays(1));
                default -> written(text.strip().replace(' ', 'T'));
            };
        } catch (DateTimeException unreadable) {
            throw new UsageException("\"" + text + "\" is no time: write " + EXAMPLES);
        }
    }

    private Instant written(String text) {
        if (text.endsWith("Z")) {
            return Instant.parse(text);
        }
        return text.indexOf('T') < 0
                ? midnight(LocalDate.parse(text))
                : LocalDateTime.parse(text).atZone(zone).toInstant();
    }

    private Instant midnight(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
