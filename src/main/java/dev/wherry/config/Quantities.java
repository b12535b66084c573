package dev.wherry.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations such as {@code 15m} and sizes such as {@code 16MiB}, as people write them. */
final class Quantities {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})(B|KiB|MiB|GiB|TiB)");

    private Quantities() {}

    static Optional<Duration> duration(String text) {
        var parts = DURATION.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var unit = switch (parts.group(2)) {
            case "ms" -> ChronoUnit.MILLIS;
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            default -> ChronoUnit.DAYS;
        };
        return Optional.of(Duration.of(Long.parseLong(parts.group(1)), unit));
    }

    /** A size in bytes, from a text with or without unit, or a number; empty also when it is past all counting. */
    static Optional<Long> size(Object value) {
        try {
            var parts = SIZE.matcher(value.toString());
            if (!parts.matches()) {
                return Optional.of(new BigDecimal(value.toString()).longValueExact());
            }
            return Optional.of(Math.multiplyExact(Long.parseLong(parts.group(1)), bytes(parts.group(2))));
        } catch (ArithmeticException | NumberFormatException beyond) {
            return Optional.empty();
        }
    }

    private static long bytes(String unit) {
        return switch (unit) {
            case "B" -> 1;
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case "GiB" -> 1L << 30;
            default -> 1L << 40;
        };
    }
}
