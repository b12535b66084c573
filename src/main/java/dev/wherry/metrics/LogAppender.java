package dev.wherry.metrics;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Where Logback sends the warnings of the libraries and our own: to the {@link ConsoleLog} while there is one, so that
 * they do not run into the live line, else straight to standard error. Logback makes it, by its name in
 * {@code logback.xml}.
 */
public final class LogAppender extends AppenderBase<ILoggingEvent> {
    private static final Lines LINES = new TextLines(ZoneId.systemDefault(), Paint.PLAIN);
    private static final AtomicReference<Optional<Consumer<ILoggingEvent>>> TARGET =
            new AtomicReference<>(Optional.empty());

    static void sendTo(Optional<Consumer<ILoggingEvent>> target) {
        TARGET.set(target);
    }

    @Override
    protected void append(ILoggingEvent event) {
        TARGET.get().orElse(LogAppender::direct).accept(event);
    }

    private static void direct(ILoggingEvent event) {
        System.err.println(LINES.log(event));
    }
}
