package dev.wherry.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;

/**
 * The whole terminal, until it is closed: its other screen, without a cursor, keys as they are pressed. What was there
 * before comes back however the process ends, short of being killed.
 */
final class FullScreen implements Closeable {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l";
    private static final String LEAVE = "\u001b[?7h\u001b[?25h\u001b[?1049l";
    /** Terminals that know this show a drawing when it is whole; others ignore it. */
    private static final String BEGIN = "\u001b[?2026h\u001b[H";

    private static final String END = "\u001b[J\u001b[?2026l";
    /** With these off nothing is echoed or collected, and Ctrl-C and Ctrl-Z are keys like others. */
    private static final Set<LocalFlag> COOKED =
            EnumSet.of(LocalFlag.ICANON, LocalFlag.ECHO, LocalFlag.IEXTEN, LocalFlag.ISIG);

    private static final int KEY_MILLIS = 1_000;
    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;

    private final Terminal terminal;
    private final PrintStream out;
    private final Attributes before;
    private final Thread hook = new Thread(this::restore, "wherry-restore");
    private final AtomicBoolean restored = new AtomicBoolean();

    private FullScreen(Terminal terminal, PrintStream out) {
        this.terminal = terminal;
        this.out = out;
        this.before = terminal.getAttributes();
        Runtime.getRuntime().addShutdownHook(hook);
        var raw = new Attributes(terminal.enterRawMode());
        raw.setLocalFlags(EnumSet.copyOf(COOKED), false);
        raw.setControlChar(Attributes.ControlChar.VMIN, 1);
        raw.setControlChar(Attributes.ControlChar.VTIME, 0);
        terminal.setAttributes(raw);
        write(ENTER);
    }

    /** None where the platform has no terminal that can be taken over. */
    static Optional<FullScreen> take(Screen screen) {
        try {
            var terminal = TerminalBuilder.builder()
                    .system(true)
                    // It would ask programs on the path, by names such as `test`, which need not be what it takes them
                    // for.
                    .exec(false)
                    .dumb(false)
                    .nativeSignals(true)
                    .graphemeCluster(false)
                    .build();
            return Optional.of(new FullScreen(terminal, screen.out()));
        } catch (IOException | RuntimeException | LinkageError none) {
            return Optional.empty();
        }
    }

    /** Tells each key and each change of size, from now on, on threads of its own; -1 when no key will come again. */
    void listen(IntConsumer keys, Runnable resized) {
        terminal.handle(Terminal.Signal.WINCH, signal -> resized.run());
        var thread = new Thread(() -> read(keys), "wherry-keys");
        thread.setDaemon(true);
        thread.start();
    }

    /** With a bound on each wait: a read without one cannot be ended, and holds up who closes the terminal. */
    private void read(IntConsumer keys) {
        try {
            int key = NonBlockingReader.READ_EXPIRED;
            while (key != NonBlockingReader.EOF && !restored.get()) {
                key = terminal.reader().read(KEY_MILLIS);
                if (key != NonBlockingReader.READ_EXPIRED) {
                    keys.accept(key);
                }
            }
        } catch (IOException | RuntimeException gone) {
            keys.accept(NonBlockingReader.EOF);
        }
    }

    int columns() {
        return size().map(Size::getColumns).filter(columns -> columns > 0).orElse(USUAL_COLUMNS);
    }

    int rows() {
        return size().map(Size::getRows).filter(rows -> rows > 0).orElse(USUAL_ROWS);
    }

    /** None when whoever was killed has closed it: then nothing is drawn any more. */
    private Optional<Size> size() {
        try {
            return Optional.of(terminal.getSize());
        } catch (IllegalStateException closed) {
            return Optional.empty();
        }
    }

    /** Draws the whole screen; lines that are too many are left out. */
    void draw(List<Strip> lines, boolean coloured) {
        int columns = columns();
        var text = new StringBuilder(BEGIN);
        int rows = Math.min(rows(), lines.size());
        for (int i = 0; i < rows; i++) {
            text.append(i == 0 ? "" : "\r\n")
                    .append(lines.get(i).text(columns, coloured))
                    .append("\u001b[K");
        }
        write(text.append(END).toString());
    }

    private synchronized void write(String text) {
        if (!restored.get()) {
            out.print(text);
            out.flush();
        }
    }

    /** At the end of the process the library may have given the keys back already; what is drawn is ours. */
    private void restore() {
        synchronized (this) {
            write(LEAVE);
            if (restored.getAndSet(true)) {
                return;
            }
        }
        try {
            terminal.setAttributes(before);
            terminal.close();
        } catch (IOException | IllegalStateException gone) {
            // There is nothing left to restore.
        }
    }

    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // It runs already, and finds it done.
        }
    }
}
