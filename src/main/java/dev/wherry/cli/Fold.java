package dev.wherry.cli;

import java.util.ArrayList;
import java.util.List;

/** Long lines, broken where two spaces part what they tell, so that each fact of it stands whole in one place. */
final class Fold {
    private static final String GAP = "  ";
    private static final String INDENT = "    ";

    /** What fits into fewer columns than any terminal has is not worth the question how many there are. */
    private static final int FITS = 80;

    private final Screen screen;
    private final TerminalWidth width;

    Fold(Screen screen) {
        this.screen = screen;
        this.width = new TerminalWidth(screen.environment());
    }

    /** @param line fit for a terminal; a program gets it as it is */
    List<String> lines(String line) {
        return isTooWide(line) ? lines(line, width.columns()) : List.of(line);
    }

    /** Whether somebody sits there whose terminal would break it. */
    boolean isTooWide(String line) {
        return screen.isInteractive() && columns(line) >= FITS && columns(line) >= width.columns();
    }

    static List<String> lines(String line, int most) {
        var lines = new ArrayList<String>();
        var current = new StringBuilder();
        for (var fact : line.split(GAP, -1)) {
            if (!current.isEmpty() && columns(current + GAP + fact) >= most) {
                lines.add(current.toString());
                current = new StringBuilder(INDENT + fact);
            } else {
                current.append(current.isEmpty() ? "" : GAP).append(fact);
            }
        }
        lines.add(current.toString());
        return lines;
    }

    private static int columns(String text) {
        return text.codePoints().map(TerminalWidth::of).sum();
    }
}
