package dev.wherry.auth;

import dev.wherry.auth.PathRight.Reach;
import dev.wherry.path.VirtualPath;
import io.vertx.ext.auth.authorization.Authorization;
import java.util.List;
import java.util.Optional;

/**
 * What a login leaves of its account's rights, whatever those are by now. It grants nothing: what is granted is what
 * {@link PathRights} say, in which this has its part already.
 *
 * @param most what a token may do at most; empty where everything is left
 */
record LoginLimit(Optional<PathRights> most) implements Verified {
    /** Of a login that may do all that its account may. */
    static final LoginLimit NONE = new LoginLimit(Optional.empty());

    /** Asks whether this is left. */
    record Leaving(Right right, VirtualPath path) implements Verified {}

    /** @param most none where everything is left */
    static LoginLimit of(List<PathRule> most) {
        return most.isEmpty() ? NONE : new LoginLimit(Optional.of(new PathRights(most, false)));
    }

    @Override
    public boolean verify(Authorization asked) {
        return switch (asked) {
            case Leaving(var right, var path) ->
                most.map(rights -> rights.verify(new PathRight(right, path, Reach.ITSELF)))
                        .orElse(true);
            default -> equals(asked);
        };
    }
}
