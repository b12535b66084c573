package dev.wherry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.IntUnaryOperator;

/**
 * One line that shows how far something is: name, share, bar, bytes, rate, time left. It never is wider than it may be:
 * first the bar goes, then the bytes, then the time left, then the rate, and the name is cut in its middle.
 */
final class ProgressLine {
    private static final int SHARE = 4;
    private static final int LEAST_NAME = 10;
    static final int MOST_NAME = 40;
    private static final int LEAST_BAR = 10;
    private static final int MOST_BAR = 40;

    private final int columns;
    private final IntUnaryOperator widthOf;

    /** @param widthOf how many columns a character takes */
    ProgressLine(int columns, IntUnaryOperator widthOf) {
        this.columns = columns;
        this.widthOf = widthOf;
    }

    /**
     * What a line is about.
     *
     * @param name fit for a terminal already
     */
    record Row(String name, long bytes, OptionalLong size, OptionalDouble perSecond) {
        private String share() {
            return size.isPresent() ? pad(ProgressLine.share(bytes, size.getAsLong()) + "%", SHARE) : " ".repeat(SHARE);
        }

        /** What stands behind the bar, the fullest first. */
        private List<String> tails() {
            var amount = Amounts.size(bytes) + (size.isPresent() ? " / " + Amounts.size(size.getAsLong()) : "");
            var rate = perSecond.isPresent() ? Amounts.rate(perSecond.getAsDouble()) : "";
            var left = left(bytes, size, perSecond);
            return List.of(join(amount, rate, left), join(rate, left), join(rate, ""), "");
        }
    }

    String text(String name, long bytes, OptionalLong size, OptionalDouble perSecond) {
        return lines(List.of(new Row(name, bytes, size, perSecond)), 0).getFirst();
    }

    /**
     * Lines below each other, whose bars all have one place and length, or which have none.
     *
     * @param names how wide the widest name is that had a line before, so that bars stay where they are
     */
    List<String> lines(List<Row> rows, int names) {
        var tails = rows.stream().map(Row::tails).toList();
        for (int detail = 0; detail < tails.getFirst().size(); detail++) {
            int level = detail;
            var shown = tails.stream().map(each -> each.get(level)).toList();
            int tail = shown.stream().mapToInt(String::length).max().orElse(0);
            int room = columns - SHARE - 1 - (tail == 0 ? 0 : tail + 2);
            if (room >= LEAST_NAME) {
                return lines(rows, shown, names, room);
            }
        }
        return rows.stream().map(row -> columns > SHARE ? row.share() : "").toList();
    }

    /** @param room of name and bar */
    private List<String> lines(List<Row> rows, List<String> tails, int names, int room) {
        int widest = Math.max(
                names, rows.stream().mapToInt(row -> width(row.name())).max().orElse(0));
        int bar = Math.min(MOST_BAR, room - Math.min(MOST_NAME, Math.max(LEAST_NAME, widest)) - 3);
        boolean hasBars =
                bar >= LEAST_BAR && rows.stream().anyMatch(row -> row.size().isPresent());
        int most = Math.min(Math.min(MOST_NAME, widest), hasBars ? room - bar - 3 : room);
        var lines = new ArrayList<String>();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var name = cut(row.name(), most);
            var size = row.size();
            var shown = size.isPresent() ? bar(row.bytes(), size.getAsLong(), bar) : " ".repeat(Math.max(0, bar));
            lines.add(name + " ".repeat(most - width(name)) + " " + row.share()
                    + (hasBars ? " " + shown : "")
                    + (tails.get(i).isEmpty() ? "" : "  " + tails.get(i)));
        }
        return lines;
    }

    private static long share(long bytes, long size) {
        return size == 0 ? 100 : Math.min(100, bytes * 100 / size);
    }

    /** @param width with its brackets */
    private static String bar(long bytes, long size, int width) {
        int inside = Math.max(0, width - 2);
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

    int width(String text) {
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
