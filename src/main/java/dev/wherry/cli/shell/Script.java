package dev.wherry.cli.shell;

import dev.wherry.cli.Screen;
import java.io.BufferedReader;
import java.io.IOException;

/**
 * Lines from a file or pipe. The first that fails ends it: what follows may rely on it, as {@code rm *} does on the
 * {@code cd} before it.
 */
final class Script {
    private static final int DONE = 0;

    private final Shell shell;
    private final Screen screen;

    Script(Shell shell, Screen screen) {
        this.shell = shell;
        this.screen = screen;
    }

    /** Answers the number of the line that failed, else 0. */
    int run(BufferedReader lines) throws IOException {
        int number = 0;
        for (var line = lines.readLine(); line != null && !shell.isLeft(); line = lines.readLine()) {
            number++;
            var text = line.strip();
            boolean mayFail = text.startsWith("-");
            int code = shell.run(mayFail ? text.substring(1) : text);
            if (code != DONE && !mayFail) {
                screen.note("wherry: stopped at line " + number + ": " + text);
                return code;
            }
        }
        return DONE;
    }
}
