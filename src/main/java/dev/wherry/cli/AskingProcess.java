package dev.wherry.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks on standard error, and reads the answer from standard input. */
final class AskingProcess implements Screen.Asking {
    private final BufferedReader lines;
    private final PrintStream err;
    private final boolean interactive;

    AskingProcess(InputStream in, PrintStream err, boolean interactive) {
        this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.err = err;
        this.interactive = interactive;
    }

    @Override
    public Optional<String> line(String question) {
        return interactive ? leavingNoOpenLine(() -> answer(question)) : answer(question);
    }

    /** Ctrl-C ends the process where it stands; what comes next on the terminal is to begin a line. */
    private Optional<String> leavingNoOpenLine(Supplier<Optional<String>> question) {
        var heed = CommandHost.PROCESS.heeding(err::println);
        try {
            return question.get();
        } finally {
            heed.close();
        }
    }

    private Optional<String> answer(String question) {
        err.print(question);
        err.flush();
        try {
            return Optional.ofNullable(lines.readLine());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> secret(String question) {
        return interactive ? leavingNoOpenLine(() -> secret(System.console(), question)) : answer(question);
    }

    private Optional<String> secret(@Nullable Console console, String question) {
        if (console == null) {
            return answer(question);
        }
        var secret = console.readPassword("%s", question);
        return secret == null ? Optional.empty() : Optional.of(new String(secret));
    }
}
