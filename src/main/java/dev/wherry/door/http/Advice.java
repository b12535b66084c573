package dev.wherry.door.http;

import dev.wherry.fault.Fault;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * How a request for a file would have to be put to go through, in this door's own terms: a fault's sentence is every
 * door's, and knows nothing of queries. People at a terminal read it; the page asks in its own way.
 */
final class Advice {
    private static final String REPLACE =
            "the query overwrite=true replaces what is there, and If-Match only the version that it names";

    private Advice() {}

    static Optional<String> of(HttpServerRequest request, Fault fault) {
        return Optional.ofNullable(request.path())
                .filter(path -> path.startsWith(FileReads.PREFIX))
                .flatMap(file -> of(request.method(), fault));
    }

    private static Optional<String> of(HttpMethod method, Fault fault) {
        boolean isPut = method.equals(HttpMethod.PUT);
        return switch (fault) {
            case NO_FOLDER -> isPut ? Optional.of("the query parents=true makes it too") : Optional.empty();
            case EXISTS -> Optional.of(REPLACE);
            case NOT_EMPTY -> Optional.of("the query recursive=true removes all that is in it too");
            case IS_FOLDER -> isPut ? Optional.empty() : Optional.of("the path of a folder ends with a slash");
            default -> Optional.empty();
        };
    }
}
