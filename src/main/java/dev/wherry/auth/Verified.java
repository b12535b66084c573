package dev.wherry.auth;

import io.vertx.ext.auth.authorization.Authorization;
import io.vertx.ext.auth.authorization.AuthorizationContext;

/**
 * What the gate asks, and what answers it: a question matches when one of the user's authorizations verifies it, and
 * verifies nothing but itself.
 */
interface Verified extends Authorization {
    @Override
    default boolean match(AuthorizationContext context) {
        return context.user().authorizations().verify(this);
    }

    @Override
    default boolean verify(Authorization other) {
        return equals(other);
    }
}
