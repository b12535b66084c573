package dev.wherry.cli.shell;

import java.io.IOException;
import java.util.List;

/**
 * A command that only the shell has.
 *
 * @param usage how it is written, its name first
 * @param takes what its arguments are
 * @param summary what it does, in a few words
 * @param more what else is to be said of it
 */
record Builtin(String usage, Meaning takes, String summary, String more, Action action) {
    String name() {
        int space = usage.indexOf(' ');
        return space < 0 ? usage : usage.substring(0, space);
    }

    interface Action {
        /** Answers the number for how it ended. */
        int run(List<String> arguments, ShellHost host) throws IOException;
    }
}
