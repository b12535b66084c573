package dev.wherry.cli;

import java.util.ArrayList;
import java.util.List;

/** One line of a full-screen view, of pieces that are coloured each; it is cut where the terminal ends. */
final class Strip {
    private static final String ESCAPE = "\u001b[";
    private static final String PLAIN = ESCAPE + "0m";

    private final List<Piece> pieces = new ArrayList<>();
    private int width;

    static Strip of(String text, Style style) {
        return new Strip().add(text, style);
    }

    /** Adds a piece, made fit for a terminal here. */
    Strip add(String raw, Style style) {
        var text = Visible.text(raw);
        pieces.add(new Piece(text, style));
        width += width(text);
        return this;
    }

    Strip add(String raw) {
        return add(raw, Style.USUAL);
    }

    /** Goes on at this column, or where it is when that is behind. */
    Strip to(int column) {
        return add(" ".repeat(Math.max(0, column - width)));
    }

    /** Adds a piece that ends at this column. */
    Strip endingAt(int column, String raw, Style style) {
        return to(column - width(Visible.text(raw))).add(raw, style);
    }

    int width() {
        return width;
    }

    static int width(String text) {
        return text.codePoints().map(TerminalWidth::of).sum();
    }

    /** @param columns that there are */
    String text(int columns, boolean coloured) {
        var line = new StringBuilder();
        int left = columns;
        for (var piece : pieces) {
            var text = first(piece.text(), left);
            left -= width(text);
            boolean styled = coloured && piece.style() != Style.USUAL && !text.isEmpty();
            line.append(styled ? ESCAPE + piece.style().code + "m" + text + PLAIN : text);
        }
        return coloured ? line.toString() : line.toString().stripTrailing();
    }

    private static String first(String text, int columns) {
        int end = 0;
        for (int taken = 0; end < text.length(); ) {
            int character = text.codePointAt(end);
            taken += TerminalWidth.of(character);
            if (taken > columns) {
                break;
            }
            end += Character.charCount(character);
        }
        return text.substring(0, end);
    }

    /** Few, and of the sixteen colours that people have chosen for themselves. */
    enum Style {
        USUAL(""),
        STRONG("1"),
        FAINT("2"),
        UP("32"),
        DOWN("36"),
        WARNING("33"),
        BAD("31");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private record Piece(String text, Style style) {}
}
