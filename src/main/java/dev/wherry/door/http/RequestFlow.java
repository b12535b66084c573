package dev.wherry.door.http;

import dev.wherry.transfer.Arrivals;
import dev.wherry.transfer.Intake;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;

/**
 * Whether more of a request's body comes. Over HTTP/1.1 the connection is not even read while nobody wants it; over
 * HTTP/2, where others share it, the stream's window bounds what can come.
 */
final class RequestFlow {
    private RequestFlow() {}

    static void pause(HttpServerRequest request) {
        request.pause();
        intake(request).ifPresent(Intake::close);
    }

    static void resume(HttpServerRequest request) {
        intake(request).ifPresent(Intake::open);
        request.resume();
    }

    /** What lends the body's bytes to whoever says when they are done with them. */
    static Optional<Arrivals> arrivals(HttpServerRequest request) {
        return hasBody(request) ? Arrivals.of(Connections.channel(request.connection())) : Optional.empty();
    }

    private static Optional<Intake> intake(HttpServerRequest request) {
        return hasBody(request) ? Optional.of(new Intake(Connections.channel(request.connection()))) : Optional.empty();
    }

    /** What has none ends with its header, and what follows on its connection may be no request at all. */
    private static boolean hasBody(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_2
                && (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                        || Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_LENGTH))
                                .filter(length -> !length.equals("0"))
                                .isPresent());
    }
}
