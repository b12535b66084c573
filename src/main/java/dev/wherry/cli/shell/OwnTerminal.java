package dev.wherry.cli.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs what needs the terminal for itself, as a process of its own, and waits for it. */
final class OwnTerminal {
    private final Map<String, String> environment;

    /** @param environment from which the command knows its server */
    OwnTerminal(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Runs a command of ours. */
    int run(List<String> words) throws IOException {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("wherry.home", "."))
                .resolve("bin")
                .resolve("wherry")
                .toString());
        line.addAll(words);
        var builder = new ProcessBuilder(line);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return wait(builder);
    }

    /** Answers what it ended with. */
    static int wait(ProcessBuilder builder) throws IOException {
        var process = builder.inheritIO().start();
        try {
            return process.waitFor();
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
            process.destroy();
            return 130;
        }
    }
}
