package dev.wherry.metrics;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;

/**
 * That a peer resets its connection, or leaves in the middle of its handshake, is routine and no error: Vert.x logs it
 * as one where nobody listens yet or any more. What is no failure of input or output passes, and so does what does not
 * say what it is. Logback makes it, by its name in {@code logback.xml}.
 */
public final class PeersThatLeave extends Filter<ILoggingEvent> {
    /** Where Vert.x keeps what moves bytes; files are elsewhere. */
    private static final String NETWORK = "io.vertx.core.net.impl.";

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return event.getLoggerName().startsWith(NETWORK)
                        && event.getThrowableProxy() instanceof ThrowableProxy proxy
                        && proxy.getThrowable() instanceof IOException
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }
}
