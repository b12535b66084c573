package dev.wherry.metrics;

import java.util.Locale;

/**
 * Numbers as people read them, three digits of each: sizes as the client shows them ({@code 12.3 MiB}), times
 * ({@code 340 ms}), and rates, which are decimal as links are sold.
 */
final class Quantity {
    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Quantity() {}

    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " " + BYTES[0];
        }
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < BYTES.length - 1) {
            value /= 1024;
            unit++;
        }
        return digits(value) + " " + BYTES[unit];
    }

    /** Always in megabytes a second, so that a column of them can be compared. */
    static String megabytesPerSecond(double bytesPerSecond) {
        return digits(bytesPerSecond / 1e6) + " MB/s";
    }

    static String seconds(double seconds) {
        if (seconds < 0.9995) {
            return digits(seconds * 1e3) + " ms";
        }
        long whole = Math.round(seconds);
        if (whole < 100) {
            return digits(seconds) + " s";
        }
        return whole < 3600
                ? "%d:%02d min".formatted(whole / 60, whole % 60)
                : "%d:%02d:%02d h".formatted(whole / 3600, whole / 60 % 60, whole % 60);
    }

    private static String digits(double value) {
        var format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, value);
    }
}
