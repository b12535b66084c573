package dev.wherry.metrics;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.wherry.auth.AuthEvent;
import dev.wherry.bus.Event;
import dev.wherry.config.Config;
import dev.wherry.transfer.TransferEvent;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/**
 * What the server says where it was started: what happens, on standard output, and what is wrong, on standard error;
 * for people or as JSON. Any thread may call it and none ever waits for the output.
 */
public final class ConsoleLog implements AutoCloseable {
    private final Config.Log settings;
    private final Clock clock;
    private final Lines lines;
    private final Paint paint;
    private final boolean isLive;
    private final LineWriter writer;

    /**
     * The one of this process: it takes over what Logback logs too. Only on a terminal, and only in text, there are
     * colours (unless {@code NO_COLOR} is set) and the live line.
     */
    public static ConsoleLog standard(Config.Log settings, Clock clock) {
        boolean isTerminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        boolean isColoured = isTerminal
                && Optional.ofNullable(System.getenv("NO_COLOR")).orElse("").isEmpty();
        var log = new ConsoleLog(
                settings,
                clock,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                isTerminal,
                isColoured ? Paint.COLOUR : Paint.PLAIN);
        LogAppender.sendTo(Optional.of(log::logged));
        return log;
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor)), false, StandardCharsets.UTF_8);
    }

    ConsoleLog(Config.Log settings, Clock clock, PrintStream out, PrintStream err, boolean isTerminal, Paint paint) {
        boolean isJson = settings.format().equals("json");
        this.settings = settings;
        this.clock = clock;
        this.paint = paint;
        this.isLive = isTerminal && !isJson;
        this.lines = isJson ? new JsonLines() : new TextLines(clock.getZone(), paint, isTerminal);
        this.writer = new LineWriter(out, err, count -> lines.dropped(count, clock.instant()));
    }

    /** The banner: for people, so it goes to standard error where standard output holds JSON. */
    public void announce(String text) {
        if (lines instanceof JsonLines) {
            writer.err(() -> text);
        } else {
            writer.out(() -> text);
        }
    }

    /** Says what happened, when it is worth a line. */
    void event(Event event) {
        if (isSaid(event)) {
            var at = clock.instant();
            writer.out(() -> lines.event(event, at));
        }
    }

    /**
     * Not what every command of a client brings along: it would bury the rest. Who wants it reads the events. Of the
     * start people read in the banner.
     */
    private boolean isSaid(Event event) {
        return switch (event) {
            case TransferEvent.Started _,
                    TransferEvent.Progress _,
                    TransferEvent.FirstByte _,
                    ConnectionEvent _,
                    DiskSpace _ -> false;
            case AuthEvent.LoginSucceeded _, AuthEvent.LoggedOut _ -> false;
            case RequestAnswered _ -> settings.requests();
            case ServerEvent.Started _ -> lines instanceof JsonLines;
            default -> true;
        };
    }

    void summary(Summary summary) {
        if (!summary.isQuiet()) {
            var at = clock.instant();
            writer.out(() -> lines.summary(summary, at));
        }
    }

    /** Draws the live line, on a terminal. */
    void live(Telemetry telemetry) {
        if (isLive) {
            writer.live(LiveLine.of(telemetry.running(), clock.instant(), paint));
        }
    }

    private void logged(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        writer.err(() -> lines.log(event));
    }

    /** Writes what waits; later warnings go straight to standard error. */
    @Override
    public void close() {
        LogAppender.sendTo(Optional.empty());
        writer.close();
    }
}
