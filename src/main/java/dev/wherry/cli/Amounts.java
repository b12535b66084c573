package dev.wherry.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.regex.Pattern;

/** Sizes, rates and times as people read them. */
final class Amounts {
    /** A chunk then takes four seconds: slower ones would look like a connection that hangs. */
    private static final long LEAST_RATE = 64_000;

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private static final Pattern RATE = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?)([kKmMgG]?)(i?)[bB]?(?:/s)?");

    private Amounts() {}

    /**
     * Bytes a second as people write them: {@code 500K}, {@code 20M} and {@code 1.5G} are decimal, as rates are shown.
     */
    static long parseRate(String text) {
        var parts = RATE.matcher(text);
        if (!parts.matches() || (parts.group(2).isEmpty() && !parts.group(3).isEmpty())) {
            throw new UsageException("\"" + text + "\" is no rate: write 500K, 20M or 1.5G, in bytes a second");
        }
        int thousands =
                parts.group(2).isEmpty() ? 0 : "kmg".indexOf(parts.group(2).toLowerCase(Locale.ROOT)) + 1;
        double unit = Math.pow(parts.group(3).isEmpty() ? 1000 : 1024, thousands);
        long rate = Math.round(Double.parseDouble(parts.group(1)) * unit);
        if (rate < LEAST_RATE) {
            throw new UsageException("a rate of " + text + " is too slow to be of use; the least is 64K");
        }
        return rate;
    }

    /** Three digits at most before the unit, as {@code 512 B}, {@code 1.5 KiB}, {@code 640 MiB}. */
    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double amount = bytes;
        int unit = 0;
        while (amount >= 999.5 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return decimal(amount) + " " + UNITS[unit];
    }

    /** Decimal megabytes a second: what the course project printed, and links are sold by. */
    static String rate(double bytesPerSecond) {
        return decimal(bytesPerSecond / 1e6) + " MB/s";
    }

    /** One digit behind the point while there is only one before it; two when even that is zero. */
    private static String decimal(double amount) {
        if (amount >= 9.95) {
            return Long.toString(Math.round(amount));
        }
        if (amount >= 0.095) {
            long tenths = Math.round(amount * 10);
            return tenths / 10 + "." + tenths % 10;
        }
        long hundredths = Math.round(amount * 100);
        return "0.0" + hundredths;
    }

    /** Seconds with two digits, as {@code 0.03 s}; whole minutes and hours where there are some. */
    static String duration(double seconds) {
        if (seconds < 60) {
            long hundredths = Math.round(seconds * 100);
            return hundredths / 100 + "." + twoDigits(hundredths % 100) + " s";
        }
        return clock(Math.round(seconds));
    }

    /** As short as it may be, as {@code 0.21 ms}, {@code 12 ms}, {@code 1.2 s}, {@code 2:05}. */
    static String brief(double seconds) {
        if (seconds < 0.9995) {
            return decimal(seconds * 1e3) + " ms";
        }
        return seconds < 99.5 ? decimal(seconds) + " s" : clock(Math.round(seconds));
    }

    /** How long something has lasted, as {@code 12:34}, {@code 1:02:03}, {@code 3 d 4:05:06}. */
    static String span(long seconds) {
        long days = seconds / 86_400;
        return days == 0 ? clock(seconds) : days + " d " + clock(seconds % 86_400);
    }

    /** What is left, as {@code 0:07}, {@code 12:34}, {@code 1:02:03}. */
    static String clock(long seconds) {
        long hours = seconds / 3600;
        var minutes = hours > 0 ? hours + ":" + twoDigits(seconds / 60 % 60) : Long.toString(seconds / 60);
        return minutes + ":" + twoDigits(seconds % 60);
    }

    /** A point in time, in this machine's zone, to the second. */
    static String time(Instant instant) {
        return time(instant.atZone(ZoneId.systemDefault()));
    }

    /** The same to the minute, for a list. */
    static String minute(Instant instant) {
        var time = time(instant);
        return time.substring(0, time.length() - ":00".length());
    }

    static String time(ZonedDateTime time) {
        return time.getYear() + "-" + twoDigits(time.getMonthValue()) + "-" + twoDigits(time.getDayOfMonth()) + " "
                + twoDigits(time.getHour()) + ":" + twoDigits(time.getMinute()) + ":" + twoDigits(time.getSecond());
    }

    private static String twoDigits(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }
}
