package dev.wherry.auth;

import dev.wherry.auth.PathRight.Reach;
import dev.wherry.path.VirtualPath;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who asks, on every request that touches a file or an account. The rights lie in the user's authorizations, as they
 * were when they were last looked up: whoever acts on them asks {@link Auth#CURRENT} for a fresh one first.
 *
 * @param account the name of the account
 * @param session the row of the session or token by which they came in
 * @param mustChangePassword whether everything but changing the one-time password is refused
 */
public record Principal(User user, String account, long session, boolean mustChangePassword) {
    private static final String ACCOUNT = "username";
    private static final String SESSION = "session";
    private static final String MUST_CHANGE_PASSWORD = "mustChangePassword";
    /** Under which the rights lie among the user's authorizations. */
    private static final String RIGHTS = "wherry";

    private static final String LIMIT = "login";

    static Principal of(String account, long session, boolean mustChangePassword, PathRights rights) {
        return of(account, session, mustChangePassword, rights, LoginLimit.NONE);
    }

    /** @param limit by which the rights are as few as they are */
    static Principal of(String account, long session, boolean mustChangePassword, PathRights rights, LoginLimit limit) {
        var user = User.create(new JsonObject()
                .put(ACCOUNT, account)
                .put(SESSION, session)
                .put(MUST_CHANGE_PASSWORD, mustChangePassword));
        user.authorizations().put(RIGHTS, rights).put(LIMIT, limit);
        return new Principal(user, account, session, mustChangePassword);
    }

    /** The principal that this user was made for, by {@link WherryAuthentication}. */
    public static Principal of(User user) {
        var facts = user.principal();
        return new Principal(
                user, facts.getString(ACCOUNT), facts.getLong(SESSION), facts.getBoolean(MUST_CHANGE_PASSWORD));
    }

    /** Whether the rights as they were last looked up grant this. */
    public boolean may(Right right, VirtualPath path) {
        return user.authorizations().verify(new PathRight(right, path, Reach.ITSELF));
    }

    /** Whether the rights grant this for a folder and for everything that is, or could be, below it. */
    public boolean mayThroughout(Right right, VirtualPath folder) {
        return user.authorizations().verify(new PathRight(right, folder, Reach.ALL_BELOW));
    }

    /**
     * Whether the login would let the account do this, whether or not the account may: only a token that was given less
     * than its account has does not.
     */
    public boolean leaves(Right right, VirtualPath path) {
        return user.authorizations().verify(new LoginLimit.Leaving(right, path));
    }

    /**
     * Where the login leaves anything at all, unless that is everywhere: what happens elsewhere is nothing that a token
     * hears of.
     */
    public Optional<Predicate<VirtualPath>> reach() {
        return user.authorizations().verify(LoginLimit.NONE) ? Optional.empty() : Optional.of(this::reaches);
    }

    private boolean reaches(VirtualPath path) {
        return Arrays.stream(Right.values()).anyMatch(right -> leaves(right, path));
    }

    /** The rules that the rights consist of, such as {@code /:list,read}. */
    public List<String> rules() {
        var rules = new ArrayList<String>();
        user.authorizations().forEach(RIGHTS, authorization -> {
            if (authorization instanceof PathRights rights) {
                rules.addAll(rights.texts());
            }
        });
        return List.copyOf(rules);
    }

    @Override
    public String toString() {
        return account;
    }
}
