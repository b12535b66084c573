package dev.wherry.auth;

import dev.wherry.path.VirtualPath;
import io.vertx.ext.auth.authorization.Authorization;
import io.vertx.ext.auth.authorization.AuthorizationContext;

/** One right on a folder and everything below it: no longer rule may take it away anywhere inside. */
record SubtreeRight(Right right, VirtualPath folder) implements Authorization {
    @Override
    public boolean match(AuthorizationContext context) {
        return context.user().authorizations().verify(this);
    }

    @Override
    public boolean verify(Authorization other) {
        return equals(other);
    }
}
