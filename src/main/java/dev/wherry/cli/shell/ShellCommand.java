package dev.wherry.cli.shell;

import dev.wherry.cli.Access;
import dev.wherry.cli.PasswordReset;
import dev.wherry.cli.Screen;
import dev.wherry.cli.Surroundings;
import dev.wherry.client.Connection;
import dev.wherry.client.Traffic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wherry shell}: all commands, one after another, on connections that stay. */
@Command(
        name = "shell",
        description = {
            "Work with a server in a shell of its own: all commands, with completion, history, and a folder "
                    + "on each side.",
            "",
            "It connects to the server that is named, else to the one last logged in to, and asks for what it does not "
                    + "know. A login is kept as by \"wherry login\"; \"logout\" ends it.",
            "",
            "\"help\" says what there is; Tab completes commands, options and names on both sides; Ctrl-C stops "
                    + "what runs and keeps the shell; Ctrl-D leaves.",
            "",
            "Where nobody sits, lines are read from standard input and carried out one after another, up to the first "
                    + "that fails, whose exit code is that of the whole; a \"-\" before a line lets the next one come "
                    + "all the same. # begins a remark."
        },
        footer = {"", "Examples:", "  wherry shell anna@files.example.org", "  wherry shell < nightly.txt"})
public final class ShellCommand implements Callable<Integer> {
    private static final String HISTORY = "shell-history";
    private static final int DONE = 0;
    private static final int INTERRUPTED = 130;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "[USER@]HOST[:PORT]",
            description = "The server; the one last logged in to when none is named.")
    Optional<String> place = Optional.empty();

    @Mixin
    final Access access = new Access();

    private final Surroundings around;
    private final PasswordReset reset;

    /** @param reset the server's half of {@code user reset --data} */
    public ShellCommand(Surroundings around, PasswordReset reset) {
        this.around = around;
        this.reset = reset;
    }

    @Override
    public Integer call() throws IOException {
        Connection.prepare(Traffic.TALK);
        var where = new Whereabouts(Path.of("").toAbsolutePath(), Path.of(System.getProperty("user.home", ".")));
        var connections = new Connections(around.screen()::note);
        try {
            return around.screen().isInteractive() ? withPerson(where, connections) : withScript(where, connections);
        } finally {
            connections.closeFree();
        }
    }

    private int withPerson(Whereabouts where, Connections connections) throws IOException {
        try (var person = new Interactive()) {
            var screen = screen(person, true);
            var shell = shell(screen, where, connections);
            person.interrupting(shell::interrupt);
            int code = shell.connect(access, place);
            if (code == INTERRUPTED) {
                // Whoever does not answer where to go, or who they are, has changed their mind.
                return code;
            }
            if (code == DONE) {
                screen.say("Connected to " + shell.session().named().orElse("")
                        + ". \"help\" says what there is, Tab completes, Ctrl-D leaves.");
            } else {
                screen.say("Not connected. \"connect HOST\" or \"login USER@HOST\" tries again, \"help\" says what"
                        + " there is, Ctrl-D leaves.");
            }
            person.run(shell, where, screen, around.configFolder().resolve(HISTORY));
            return DONE;
        }
    }

    private int withScript(Whereabouts where, Connections connections) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(around.screen().in(), StandardCharsets.UTF_8));
        var shell = shell(screen(new Nobody(), false), where, connections);
        int code = shell.connect(access, place);
        return code == DONE ? new Script(shell, around.screen()).run(lines) : code;
    }

    /** Its standard input is the shell's own. */
    private Screen screen(Screen.Asking asking, boolean interactive) {
        var outside = around.screen();
        return new Screen(
                InputStream.nullInputStream(),
                asking,
                outside.out(),
                outside.err(),
                interactive,
                outside.environment());
    }

    private Shell shell(Screen screen, Whereabouts where, Connections connections) {
        var inside = new Surroundings(screen, around.environment(), around.windows());
        return new Shell(screen, new Session(inside, reset, connections, where), connections, where, around.windows());
    }

    /** Gives no answers. */
    private static final class Nobody implements Screen.Asking {
        @Override
        public Optional<String> line(String question) {
            return Optional.empty();
        }

        @Override
        public Optional<String> secret(String question) {
            return Optional.empty();
        }
    }
}
