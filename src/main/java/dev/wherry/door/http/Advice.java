package dev.wherry.door.http;

import dev.wherry.fault.FaultException;
import dev.wherry.path.Kind;
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

    static Optional<String> of(HttpServerRequest request, FaultException refusal) {
        return Optional.ofNullable(request.path())
                .filter(path -> path.startsWith(FileReads.PREFIX))
                .flatMap(file -> advice(request, refusal));
    }

    private static Optional<String> advice(HttpServerRequest request, FaultException refusal) {
        boolean isPut = request.method().equals(HttpMethod.PUT);
        boolean isPost = request.method().equals(HttpMethod.POST);
        return switch (refusal.fault()) {
            case NO_FOLDER -> isPut ? Optional.of("the query parents=true makes it too") : Optional.empty();
            case EXISTS -> isReplaceable(request, refusal) ? Optional.of(REPLACE) : Optional.empty();
            case NOT_EMPTY -> Optional.of("the query recursive=true removes all that is in it too");
            case IS_FOLDER ->
                isPut || isPost ? Optional.empty() : Optional.of("the path of a folder ends with a slash");
            default -> Optional.empty();
        };
    }

    /** Only a file is replaced, and only by a file; who may not list it is not told what is there. */
    private static boolean isReplaceable(HttpServerRequest request, FaultException refusal) {
        return !Kind.FOLDER.word().equals(refusal.facts().get("kind"))
                && Optional.ofNullable(request.path())
                        .filter(path -> path.endsWith("/"))
                        .isEmpty();
    }
}
