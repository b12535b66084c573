package dev.wherry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

final class PeersThatLeaveTest {
    private static final String CONNECTION = "io.vertx.core.net.impl.ConnectionBase";

    private final LoggerContext loggers = new LoggerContext();

    private FilterReply decide(String logger, Throwable failure) {
        Logger by = loggers.getLogger(logger);
        var event = new LoggingEvent(Logger.class.getName(), by, Level.ERROR, "it broke", failure, new Object[0]);
        return new PeersThatLeave().decide(event);
    }

    @Test
    void aPeerThatLeavesIsNoNews() {
        assertThat(decide(CONNECTION, new SocketException("Connection reset by peer")))
                .isEqualTo(FilterReply.DENY);
    }

    @Test
    void whateverElseGoesWrongIsTold() {
        assertThat(decide(CONNECTION, new IllegalStateException("a mistake of ours")))
                .isEqualTo(FilterReply.NEUTRAL);
        assertThat(decide("dev.wherry.storage.Gate", new IOException("the disk failed")))
                .isEqualTo(FilterReply.NEUTRAL);
        assertThat(decide("io.vertx.core.file.impl.AsyncFileImpl", new IOException("the disk failed")))
                .isEqualTo(FilterReply.NEUTRAL);
    }
}
