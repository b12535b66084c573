package dev.wherry.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Sizes, rates and times as people read them. */
final class Amounts {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Amounts() {}

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
