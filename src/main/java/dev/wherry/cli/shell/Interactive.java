package dev.wherry.cli.shell;

import dev.wherry.cli.Screen;
import dev.wherry.cli.Visible;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** A person at a terminal: reads their lines, with completion and history, and asks them questions. */
final class Interactive implements Screen.Asking, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final Duration MEMORY = Duration.ofSeconds(5);
    private static final int MOST_LINES = 2000;
    private static final String MANY_CANDIDATES = "200";

    private final Terminal terminal;
    private final LineReader questions;
    private volatile Runnable interrupt = () -> {};

    Interactive() throws IOException {
        this.terminal = TerminalBuilder.builder()
                .name("wherry")
                .system(true)
                // See FullScreen: no program of the path is asked.
                .exec(false)
                .build();
        this.questions = LineReaderBuilder.builder()
                .terminal(terminal)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .variable(LineReader.DISABLE_HISTORY, true)
                .build();
        terminal.handle(Terminal.Signal.INT, signal -> interrupt.run());
        // What Ctrl-C does is told in words.
        var attributes = terminal.getAttributes();
        attributes.setLocalFlag(Attributes.LocalFlag.ECHOCTL, false);
        terminal.setAttributes(attributes);
    }

    /** @param action what Ctrl-C does while a command runs, or asks something */
    void interrupting(Runnable action) {
        interrupt = action;
    }

    /** Reads and carries out lines until the person leaves. */
    void run(Shell shell, Whereabouts where, Screen screen, Path history) throws IOException {
        var host = shell.host();
        var names = new RemoteNames(
                folder -> shell.session().isConnected()
                        ? shell.session().outlook(host).list(folder)
                        : List.of(),
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("wherry-complete").factory()),
                System::nanoTime,
                PATIENCE,
                MEMORY);
        var completions = new Completions(
                shell, where, names, () -> shell.session().outlook(host).uploads());
        var reader = reader(shell, completions, history);
        int code = 0;
        while (!shell.isLeft()) {
            try {
                var line = reader.readLine(prompt(shell, where, screen.hasColour(), code));
                code = shell.run(line);
                names.forget();
            } catch (UserInterruptException cleared) {
                code = 0;
            } catch (EndOfFileException left) {
                shell.leave();
            }
            screen.out().flush();
            screen.err().flush();
        }
    }

    private LineReader reader(Shell shell, Completions completions, Path history) throws IOException {
        makePrivate(history);
        return LineReaderBuilder.builder()
                .appName("wherry")
                .terminal(terminal)
                .parser(new WordParser(shell.hasBackslash()))
                .completer(completions)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
                .option(LineReader.Option.CASE_INSENSITIVE, false)
                .history(new DefaultHistory() {
                    @Override
                    public void add(Instant time, String line) {
                        if (shell.isMemorable(line)) {
                            super.add(time, line);
                        }
                    }
                })
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.HISTORY_SIZE, MOST_LINES)
                .variable(LineReader.HISTORY_FILE_SIZE, MOST_LINES)
                .variable(LineReader.ERRORS, 0)
                .variable(LineReader.LIST_MAX, MANY_CANDIDATES)
                .build();
    }

    /** Lines name files and people. */
    private static void makePrivate(Path history) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        var folder = history.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder, only(posix, "rwx------"));
        }
        try {
            Files.createFile(history, only(posix, "rw-------"));
        } catch (FileAlreadyExistsException kept) {
            // It was made so.
        }
    }

    private static FileAttribute<?>[] only(boolean posix, String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static String prompt(Shell shell, Whereabouts where, boolean colour, int code) {
        var named = shell.session().named();
        if (named.isEmpty()) {
            return "wherry> ";
        }
        var path = Visible.text(where.there().toString());
        var name = Visible.text(named.get());
        return colour
                ? "\u001b[2m" + name + ":\u001b[0m\u001b[1;34m" + path + "\u001b[0m"
                        + (code == 0 ? "> " : "\u001b[31m>\u001b[0m ")
                : name + ":" + path + "> ";
    }

    @Override
    public Optional<String> line(String question) {
        return answer(() -> questions.readLine(question));
    }

    @Override
    public Optional<String> secret(String question) {
        return answer(() -> questions.readLine(question, (char) 0));
    }

    private Optional<String> answer(Supplier<String> question) {
        try {
            return Optional.of(question.get());
        } catch (UserInterruptException stopped) {
            interrupt.run();
            return Optional.empty();
        } catch (EndOfFileException none) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }

    /** Hands what is typed to {@link Words}; whether it makes sense is told when it is carried out. */
    private record WordParser(boolean backslash) implements Parser {
        @Override
        public ParsedLine parse(String line, int cursor, ParseContext context) {
            return new TypedLine(line, cursor, backslash);
        }
    }
}
