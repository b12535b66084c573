package dev.wherry.metrics;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.wherry.bus.Event;
import dev.wherry.path.Printable;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One JSON object a line: events as they are published, summaries, and what is logged. What could move the terminal of
 * somebody who looks at them is escaped; {@link Printable} writes it as JSON does, so the objects stay the same.
 */
final class JsonLines implements Lines {

    /** An event as it is published and as it is logged: its name, its time (UTC, to the millisecond), its facts. */
    static JsonObject published(Event event, Instant at) {
        return object(event.event(), at).mergeIn(event.facts());
    }

    private static JsonObject object(String event, Instant at) {
        return new JsonObject()
                .put("event", event)
                .put("at", at.truncatedTo(ChronoUnit.MILLIS).toString());
    }

    @Override
    public String event(Event event, Instant at) {
        return line(published(event, at));
    }

    @Override
    public String summary(Summary summary, Instant at) {
        return line(object("summary", at).mergeIn(summary.json()));
    }

    @Override
    public String log(ILoggingEvent event) {
        var json = log(event.getInstant(), event.getLevel().toString(), event.getLoggerName())
                .put("message", event.getFormattedMessage());
        if (event.getThrowableProxy() != null) {
            json.put("exception", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line(json);
    }

    @Override
    public String dropped(long lines, Instant at) {
        return line(log(at, "WARN", ConsoleLog.class.getName())
                .put("message", lines + " lines were not written: the output did not take them"));
    }

    private static String line(JsonObject json) {
        return Printable.of(json.encode());
    }

    private static JsonObject log(Instant at, String level, String logger) {
        return object("log", at).put("level", level).put("logger", logger);
    }
}
