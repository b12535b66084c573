package dev.wherry.cli;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.IntUnaryOperator;

/**
 * One line that shows how far something is: name, share, bar, bytes, rate, time left. It never is wider than it may be:
 * first the bar goes, then the bytes, then the time left, then the rate, and the name is cut in its middle.
 */
final class ProgressLine {
    private static final int LEAST_NAME = 10;
    private static final int MOST_NAME = 40;
    private static final int LEAST_BAR = 10;
    private static final int MOST_BAR = 40;

    private final int columns;
    private final IntUnaryOperator widthOf;

    /** @param widthOf how many columns a character takes */
    ProgressLine(int columns, IntUnaryOperator widthOf) {
        this.columns = columns;
        this.widthOf = widthOf;
    }

    /** @param name fit for a terminal already */
    String text(String name, long bytes, OptionalLong size, OptionalDouble perSecond) {
        var share = size.isPresent() ? pad(share(bytes, size.getAsLong()) + "%", 4) : "    ";
        var amount = Amounts.size(bytes) + (size.isPresent() ? " / " + Amounts.size(size.getAsLong()) : "");
        var rate = perSecond.isPresent() ? Amounts.rate(perSecond.getAsDouble()) : "";
        var left = left(bytes, size, perSecond);
        String[] tails = {
            join(amount, rate, left), join(rate, left), join(rate, ""), "",
        };
        for (var tail : tails) {
            int room = columns - share.length() - 1 - (tail.isEmpty() ? 0 : tail.length() + 2);
            if (room >= LEAST_NAME) {
                return line(name, share, room, bytes, size, tail);
            }
        }
        return columns > 4 ? share : "";
    }

    private String line(String name, String share, int room, long bytes, OptionalLong size, String tail) {
        int bar = Math.min(MOST_BAR, room - Math.min(MOST_NAME, Math.max(LEAST_NAME, width(name))) - 3);
        boolean hasBar = size.isPresent() && bar >= LEAST_BAR;
        var shown = cut(name, hasBar ? Math.min(MOST_NAME, room - bar - 3) : Math.min(MOST_NAME, room));
        return shown + " " + share
                + (hasBar ? " " + bar(bytes, size.getAsLong(), bar) : "")
                + (tail.isEmpty() ? "" : "  " + tail);
    }

    private static long share(long bytes, long size) {
        return size == 0 ? 100 : Math.min(100, bytes * 100 / size);
    }

    /** @param width with its brackets */
    private static String bar(long bytes, long size, int width) {
        int inside = width - 2;
        int full = (int) (size == 0 ? inside : Math.min(inside, (double) bytes / size * inside));
        return "[" + "=".repeat(Math.max(0, full - 1)) + (full > 0 ? ">" : "") + " ".repeat(inside - full) + "]";
    }

    private static String left(long bytes, OptionalLong size, OptionalDouble perSecond) {
        if (size.isEmpty() || perSecond.isEmpty() || bytes >= size.getAsLong()) {
            return "";
        }
        double seconds = (size.getAsLong() - bytes) / perSecond.getAsDouble();
        return seconds < 360_000 ? Amounts.clock((long) Math.ceil(seconds)) : "stalled";
    }

    private static String join(String... parts) {
        var joined = new StringBuilder();
        for (var part : parts) {
            joined.append(joined.isEmpty() || part.isEmpty() ? "" : "  ").append(part);
        }
        return joined.toString();
    }

    private static String pad(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private int width(String text) {
        return text.codePoints().map(widthOf).sum();
    }

    /** The beginning and the end, which tell most names apart, around an ellipsis. */
    String cut(String name, int most) {
        if (width(name) <= most) {
            return name;
        }
        int tail = (most - 1) / 2;
        int end = name.length();
        for (int taken = 0; end > 0; ) {
            int character = name.codePointBefore(end);
            taken += widthOf.applyAsInt(character);
            if (taken > tail) {
                break;
            }
            end -= Character.charCount(character);
        }
        int start = 0;
        for (int taken = 0; start < end; ) {
            int character = name.codePointAt(start);
            taken += widthOf.applyAsInt(character);
            if (taken > most - 1 - tail) {
                break;
            }
            start += Character.charCount(character);
        }
        return name.substring(0, start) + "…" + name.substring(end);
    }
}
