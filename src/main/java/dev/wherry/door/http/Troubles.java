package dev.wherry.door.http;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong on our side belongs in the log, with its cause; a refusal is an answer and does not. */
final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    private Troubles() {}

    /** That a peer goes away is no accident. */
    static void log(Throwable failure, String address) {
        if (!(failure instanceof IOException || failure instanceof HttpClosedException)) {
            LOG.warn("a connection from {} broke", address, failure);
        }
    }

    static void log(FaultException fault, HttpServerRequest request) {
        if (fault.fault() == Fault.INTERNAL) {
            LOG.error("{} {} failed", request.method(), request.path(), fault.getCause());
        }
    }
}
