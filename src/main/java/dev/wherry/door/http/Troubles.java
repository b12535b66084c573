package dev.wherry.door.http;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong on our side belongs in the log, with its cause; a refusal is an answer and does not. */
final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    private Troubles() {}

    /** That a peer goes away is no accident, and what a peer does wrong would let anybody fill the log. */
    static void log(Throwable failure, String address) {
        if (!isOfPeer(failure)) {
            LOG.warn("a connection from {} broke", address, failure);
        }
    }

    private static boolean isOfPeer(Throwable failure) {
        return switch (failure) {
            case IOException _ -> true;
            case HttpClosedException _ -> true;
            case PrematureChannelClosureException _ -> true;
            default -> failure instanceof Http2Exception wrong && wrong.error() != Http2Error.INTERNAL_ERROR;
        };
    }

    static void log(FaultException fault, HttpServerRequest request) {
        if (fault.fault() == Fault.INTERNAL) {
            LOG.error("{} {} failed", request.method(), request.path(), fault.getCause());
        }
    }
}
