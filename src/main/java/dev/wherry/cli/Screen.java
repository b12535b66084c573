package dev.wherry.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the commands write, and whom they may ask. Every text that is printed is made visible first. */
public final class Screen {
    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in;
    private final Asking asking;
    private final boolean interactive;
    private final Map<String, String> environment;

    /** @param interactive whether a person sits there, who sees progress and can be asked */
    public Screen(
            InputStream in, PrintStream out, PrintStream err, boolean interactive, Map<String, String> environment) {
        this(in, new AskingProcess(in, err, interactive), out, err, interactive, environment);
    }

    /** @param asking how whoever sits there is asked */
    public Screen(
            InputStream in,
            Asking asking,
            PrintStream out,
            PrintStream err,
            boolean interactive,
            Map<String, String> environment) {
        this.in = in;
        this.asking = asking;
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

    public boolean isInteractive() {
        return interactive;
    }

    /** Whether colours are wanted (see no-color.org). */
    public boolean hasColour() {
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
        return new Screen(in, asking, err, err, interactive, environment);
    }

    /** The same screen, but that nobody who sits there is asked anything. */
    Screen withoutQuestions() {
        return new Screen(in, asking, out, err, false, environment);
    }

    public Map<String, String> environment() {
        return environment;
    }

    /** A line of the result. */
    public void say(String line) {
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
    public void note(String line) {
        err.println(Visible.lines(line));
    }

    /** In place of a result of which there is none: a person would wonder, a program reads nothing as nothing. */
    void nothing(String line) {
        if (interactive) {
            note(line);
        }
    }

    /** What is drawn on a terminal, with its control sequences: names in it must be visible already. */
    void draw(String raw) {
        err.print(raw);
        err.flush();
    }

    /** An empty screen, on a terminal. */
    public void clear() {
        if (canDraw()) {
            draw("\u001b[H\u001b[2J\u001b[3J");
        }
    }

    public InputStream in() {
        return in;
    }

    public PrintStream err() {
        return err;
    }

    /** For the bytes of a file that goes into a pipe. */
    public PrintStream out() {
        return out;
    }

    /** Asks for a line; none at the end of the input. */
    public Optional<String> ask(String question) {
        return asking.line(Visible.text(question));
    }

    /** Asks for a line that is not shown. */
    Optional<String> askSecret(String question) {
        return asking.secret(Visible.text(question));
    }

    /** How whoever sits there is asked. Questions are fit for a terminal; there is no answer where nobody gives one. */
    public interface Asking {
        Optional<String> line(String question);

        /** The answer is not shown. */
        Optional<String> secret(String question);
    }
}
