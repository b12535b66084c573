package dev.wherry.cli;

import java.io.IOError;
import java.io.IOException;
import java.util.Map;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;
import org.jline.utils.WCWidth;
import org.jspecify.annotations.Nullable;

/**
 * How many columns there are, and how many a character takes. Beside {@link FullScreen} the only user of the terminal
 * library, and first used when something has run long enough to be drawn: loading it takes longer than most commands.
 * It asks the library's provider and opens no terminal: opening one sends questions to it, whose answers would appear
 * as if they were typed.
 */
final class TerminalWidth {
    private static final int USUAL = 80;
    private static final String PROVIDER = "ffm";

    private final int said;

    /** Loaded at the first question. */
    private @Nullable TerminalProvider provider;

    private boolean loaded;

    TerminalWidth(Map<String, String> environment) {
        this.said = number(environment.getOrDefault("COLUMNS", ""));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    /** As the user said, else as wide as the terminal is now: windows change their size. */
    int columns() {
        if (said > 0) {
            return said;
        }
        if (!loaded) {
            loaded = true;
            provider = load();
        }
        int asked = provider == null ? 0 : width(provider);
        return asked > 0 ? asked : USUAL;
    }

    /** 0 where standard error is no terminal, which the library takes for a failure. */
    private static int width(TerminalProvider provider) {
        try {
            return provider.systemStreamWidth(SystemStream.Error);
        } catch (RuntimeException | IOError elsewhere) {
            return 0;
        }
    }

    /** None where the platform has no such thing: then a usual width does. */
    private static @Nullable TerminalProvider load() {
        try {
            return TerminalProvider.load(PROVIDER);
        } catch (IOException | RuntimeException | LinkageError none) {
            return null;
        }
    }

    static int of(int character) {
        return Math.max(0, WCWidth.wcwidth(character));
    }
}
