package dev.wherry.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A terminal that a test types at and looks at: a pane of a tmux of its own, with a shell in it. */
final class Pane implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PROMPT = "here> ";

    private final String socket = "wherry-" + UUID.randomUUID();
    private final Path folder;
    private final Map<String, String> environment;

    private Pane(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    static Pane open(Path folder, Map<String, String> environment, int columns, int rows) throws IOException {
        Files.createDirectories(folder);
        var pane = new Pane(folder, environment);
        pane.tmux(
                "-f",
                "/dev/null",
                "-u",
                "new-session",
                "-d",
                "-x",
                "" + columns,
                "-y",
                "" + rows,
                "env PS1='" + PROMPT + "' bash --norc --noprofile");
        try {
            pane.await(screen -> screen.startsWith(PROMPT.strip()));
            return pane;
        } catch (AssertionError never) {
            pane.close();
            throw never;
        }
    }

    /** Types a line and the Enter key. */
    Pane type(String line) {
        return (line.isEmpty() ? this : send(line)).press("Enter");
    }

    /** Types a text, and leaves the cursor behind it. */
    Pane send(String text) {
        tmux("send-keys", "-l", text);
        return this;
    }

    /** Presses a key by its name: {@code q}, {@code C-c}. */
    Pane press(String key) {
        tmux("send-keys", key);
        return this;
    }

    Pane resize(int columns, int rows) {
        tmux("resize-window", "-x", "" + columns, "-y", "" + rows);
        return this;
    }

    /** What is to be seen, without colours. */
    String screen() {
        return tmux("capture-pane", "-p");
    }

    /** The same with its escape sequences. */
    String colours() {
        return tmux("capture-pane", "-p", "-e");
    }

    /** Waits until the screen is so, and answers it. */
    String await(Predicate<String> expected) {
        try {
            return Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(this::screen, expected);
        } catch (ConditionTimeoutException never) {
            throw new AssertionError("the screen never was as expected; it is:\n" + screen(), never);
        }
    }

    private String tmux(String... arguments) {
        var command = new ArrayList<>(List.of("tmux", "-L", socket));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("WHERRY_") || name.startsWith("TMUX"));
        builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "SHELL", "/bin/bash"));
        builder.environment().remove("NO_COLOR");
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + ": " + said);
            }
            return said;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        tmux("kill-server");
    }
}
