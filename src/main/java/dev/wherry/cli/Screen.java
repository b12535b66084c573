package dev.wherry.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the commands write, and whom they may ask. Every text that is printed is made visible first. */
public final class Screen {
    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in;
    private final BufferedReader lines;
    private final boolean interactive;
    private final Map<String, String> environment;

    /** @param interactive whether a person sits there, who sees progress and can be asked */
    public Screen(
            InputStream in, PrintStream out, PrintStream err, boolean interactive, Map<String, String> environment) {
        this(
                in,
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)),
                out,
                err,
                interactive,
                environment);
    }

    private Screen(
            InputStream in,
            BufferedReader lines,
            PrintStream out,
            PrintStream err,
            boolean interactive,
            Map<String, String> environment) {
        this.in = in;
        this.lines = lines;
        this.out = out;
        this.err = err;
        this.interactive = interactive;
        this.environment = environment;
    }

    static Screen ofProcess() {
        return new Screen(System.in, Output.standard(), System.err, isTerminal(System.console()), System.getenv());
    }

    /** Since Java 25 there is none again where nobody sits. */
    private static boolean isTerminal(@Nullable Console console) {
        return console != null && console.isTerminal();
    }

    boolean isInteractive() {
        return interactive;
    }

    /** Whether colours are wanted (see no-color.org). */
    boolean hasColour() {
        return interactive
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** Whether something may be drawn that moves. */
    boolean canDraw() {
        return interactive && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** The same screen, but that results are told beside, because bytes go into the pipe. */
    Screen withResultsBeside() {
        return new Screen(in, lines, err, err, interactive, environment);
    }

    Map<String, String> environment() {
        return environment;
    }

    /** A line of the result. */
    void say(String line) {
        out.println(Visible.lines(line));
    }

    /** A line for a program, which is given every character as it is. */
    void raw(String line) {
        out.println(line);
    }

    /** Why results are not whole, if they are not. */
    Optional<String> trouble() {
        return Output.trouble(out);
    }

    /** A line about how it goes, which is no result. */
    void note(String line) {
        err.println(Visible.lines(line));
    }

    /** What is drawn on a terminal, with its control sequences: names in it must be visible already. */
    void draw(String raw) {
        err.print(raw);
        err.flush();
    }

    InputStream in() {
        return in;
    }

    PrintStream err() {
        return err;
    }

    /** For the bytes of a file that goes into a pipe. */
    public PrintStream out() {
        return out;
    }

    /** Asks for a line; none at the end of the input. */
    Optional<String> ask(String question) {
        err.print(Visible.text(question));
        err.flush();
        try {
            return Optional.ofNullable(lines.readLine());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Asks for a line that is not shown. */
    Optional<String> askSecret(String question) {
        return interactive ? askSecret(System.console(), question) : ask(question);
    }

    private Optional<String> askSecret(@Nullable Console console, String question) {
        if (console == null) {
            return ask(question);
        }
        var secret = console.readPassword("%s", Visible.text(question));
        return secret == null ? Optional.empty() : Optional.of(new String(secret));
    }
}
