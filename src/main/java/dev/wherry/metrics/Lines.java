package dev.wherry.metrics;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.wherry.bus.Event;
import java.time.Instant;

/** How what is said on the console is written: for people or for programs, one line each. */
interface Lines {
    String event(Event event, Instant at);

    String summary(Summary summary, Instant at);

    /** A warning or an error of a library or of our own code; may be several lines, the others indented. */
    String log(ILoggingEvent event);

    /** Said when lines could not be written as fast as they came. */
    String dropped(long lines, Instant at);
}
