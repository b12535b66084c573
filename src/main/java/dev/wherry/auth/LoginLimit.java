package dev.wherry.auth;

import dev.wherry.auth.PathRight.Reach;
import dev.wherry.path.VirtualPath;
import io.vertx.ext.auth.authorization.Authorization;
import io.vertx.ext.auth.authorization.AuthorizationContext;
import java.util.List;

/**
 * What a login leaves of its account's rights, whatever those are by now. It grants nothing: what is granted is what
 * {@link PathRights} say, in which this has its part already.
 *
 * @param most what a token may do at most; empty where everything is left
 */
record LoginLimit(List<PathRule> most) implements Authorization {
    /** Of a login that may do all that its account may. */
    static final LoginLimit NONE = new LoginLimit(List.of());

    /** Asks whether this is left. */
    record Leaving(Right right, VirtualPath path) implements Authorization {
        @Override
        public boolean match(AuthorizationContext context) {
            return context.user().authorizations().verify(this);
        }

        @Override
        public boolean verify(Authorization other) {
            return equals(other);
        }
    }

    @Override
    public boolean match(AuthorizationContext context) {
        return context.user().authorizations().verify(this);
    }

    @Override
    public boolean verify(Authorization asked) {
        return switch (asked) {
            case Leaving(var right, var path) -> most.isEmpty() || grants(right, path);
            default -> equals(asked);
        };
    }

    private boolean grants(Right right, VirtualPath path) {
        return new PathRights(most, false).verify(new PathRight(right, path, Reach.ITSELF));
    }
}
