package dev.wherry.auth;

import dev.wherry.path.VirtualPath;
import io.vertx.ext.auth.authorization.Authorization;
import io.vertx.ext.auth.authorization.AuthorizationContext;

/**
 * One right on one path: what the gate asks for. It matches when the user's longest rule for that path grants it.
 *
 * @param reach whether everything that is, or could be, below the path is asked about too
 */
public record PathRight(Right right, VirtualPath path, Reach reach) implements Authorization {
    /** How much of the tree a question is about. */
    public enum Reach {
        ITSELF,
        ALL_BELOW
    }

    @Override
    public boolean match(AuthorizationContext context) {
        return context.user().authorizations().verify(this);
    }

    @Override
    public boolean verify(Authorization other) {
        return equals(other);
    }
}
