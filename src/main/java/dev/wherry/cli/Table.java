package dev.wherry.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows whose columns stand below each other, as wide as what is in them; the last one is as long as it is. */
final class Table {
    private static final String GAP = "  ";

    private final String alignment;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param alignment a letter for each column: {@code l} for text, {@code r} for numbers */
    Table(String alignment) {
        this.alignment = alignment;
    }

    /** A cell for each column, made fit for a terminal here. */
    Table row(String... cells) {
        var row = new ArrayList<String>();
        for (var cell : cells) {
            row.add(Visible.text(cell));
        }
        rows.add(row);
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    List<String> lines() {
        var widths = new int[alignment.length()];
        for (var row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            // A column that nobody needs takes no room.
            if (widths[i] > 0) {
                var space = " ".repeat(widths[i] - width(row.get(i)));
                line.append(line.isEmpty() ? "" : GAP)
                        .append(alignment.charAt(i) == 'r' ? space + row.get(i) : row.get(i) + space);
            }
        }
        return line.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePoints().map(TerminalWidth::of).sum();
    }
}
