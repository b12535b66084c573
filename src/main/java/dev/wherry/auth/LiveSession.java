package dev.wherry.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A session or token that counts, as the cache keeps it. Only the event loop of the verticle touches it. */
final class LiveSession {
    private final Principal principal;
    private final boolean administrator;
    private final boolean token;
    private final Instant expires;

    private Instant used;
    private Instant recorded;

    LiveSession(Principal principal, boolean administrator, boolean token, Instant expires, Instant used) {
        this.principal = principal;
        this.administrator = administrator;
        this.token = token;
        this.expires = expires;
        this.used = used;
        this.recorded = used;
    }

    Principal principal() {
        return principal;
    }

    boolean administrator() {
        return administrator;
    }

    /** Whether it was made by name, to be kept by a program; not begun by a login. */
    boolean isToken() {
        return token;
    }

    /** When it ends at the latest; empty for what lasts until it is revoked. */
    Optional<Instant> expires() {
        return SessionRows.end(expires);
    }

    /** Whether its time is over: tokens live until their day, sessions while they are used. */
    boolean isOver(Instant now, Duration idle) {
        return !now.isBefore(expires) || (!token && !now.isBefore(used.plus(idle)));
    }

    void use(Instant now) {
        used = now;
    }

    /** Whether the last use should be written down, because that was last done so long ago; it then counts as done. */
    boolean record(Instant now, Duration every) {
        if (now.isBefore(recorded.plus(every))) {
            return false;
        }
        recorded = now;
        return true;
    }
}
