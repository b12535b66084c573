package dev.wherry.auth;

import dev.wherry.bus.Address;
import dev.wherry.bus.Topic;
import dev.wherry.path.VirtualPath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the other parts may ask of {@code AuthVerticle}, and what it tells them. */
public final class Auth {
    /** Logs in; {@code wrong-login}; {@code login-too-fast} and {@code too-many} with {@code retryAfterSeconds}. */
    public static final Address<Login, Session> LOGIN = Address.of("wherry.auth.login");

    /** The same principal with today's rights; {@code session-ended} when there is no such session any more. */
    public static final Address<Principal, Principal> CURRENT = Address.of("wherry.auth.current");

    /** Ends this session, or every one of the account with its tokens; answers how many ended. */
    public static final Address<Logout, Integer> LOGOUT = Address.of("wherry.auth.logout");

    /** Ends this session, which was begun for a password shown with a request that nobody shows any more. */
    public static final Address<Principal, Integer> END_UNUSED = Address.of("wherry.auth.session.unused");

    /**
     * Changes the own password and ends every session of the account but this one, and its tokens unless they are to be
     * kept; {@code wrong-login} when the old one is wrong, {@code bad-password} when the new one may not be.
     */
    public static final Address<ChangePassword, Principal> CHANGE_PASSWORD = Address.of("wherry.auth.change-password");

    /**
     * Adds an account; answers its one-time password when none was given. {@code denied}, {@code exists},
     * {@code bad-name}, {@code bad-password}, {@code malformed} for a rule.
     */
    public static final Address<AddUser, NewUser> ADD_USER = Address.of("wherry.auth.add-user");

    /** All accounts; {@code denied} for who does not administer. */
    public static final Address<Principal, List<Account>> LIST_USERS = Address.of("wherry.auth.list-users");

    /** Removes an account and ends its sessions; {@code denied}, {@code not-found}; never the last administrator. */
    public static final Address<RemoveUser, Account> REMOVE_USER = Address.of("wherry.auth.remove-user");

    /** Gives an account a one-time password and ends its sessions; {@code denied}, {@code not-found}. */
    public static final Address<ResetUser, NewUser> RESET_USER = Address.of("wherry.auth.reset-user");

    /** Sets what an account may do, at once; {@code denied}, {@code not-found}, {@code malformed} for a rule. */
    public static final Address<SetRights, Account> SET_RIGHTS = Address.of("wherry.auth.set-rights");

    /** Says which rule decides; {@code denied}, {@code not-found}, {@code malformed} for the right. */
    public static final Address<Explain, Explanation> EXPLAIN = Address.of("wherry.auth.explain");

    /**
     * Makes a named token of the own account; {@code exists} when there is one of this name, {@code bad-name},
     * {@code malformed} for a rule or an end in the past, {@code too-many}; {@code denied} for who came in by a token.
     */
    public static final Address<CreateToken, NewToken> CREATE_TOKEN = Address.of("wherry.auth.create-token");

    /** The named tokens of the own account, by name. */
    public static final Address<Principal, List<Token>> LIST_TOKENS = Address.of("wherry.auth.list-tokens");

    /** Ends a token of the own account; {@code not-found}; {@code denied} for who came in by another token. */
    public static final Address<RevokeToken, Token> REVOKE_TOKEN = Address.of("wherry.auth.revoke-token");

    /** Where the own account is logged in, the latest used first; named tokens are not among them. */
    public static final Address<Principal, List<OpenSession>> LIST_SESSIONS = Address.of("wherry.auth.list-sessions");

    /** Ends a session of the own account; answers how many ended. */
    public static final Address<EndSession, Integer> END_SESSION = Address.of("wherry.auth.end-session");

    /** Sessions that ended: whoever holds a connection of one cuts it. */
    public static final Topic<SessionsEnded> SESSIONS_ENDED = new Topic<>("wherry.auth.sessions-ended");

    private Auth() {}

    /** What somebody shows to be let in. */
    public sealed interface Proof {
        record Password(String user, String password) implements Proof {
            @Override
            public String toString() {
                return "Password[user=" + user + "]";
            }
        }

        record Token(String token) implements Proof {
            @Override
            public String toString() {
                return "Token[]";
            }
        }
    }

    /**
     * @param address of the peer, without its port: failures are counted against it too
     * @param program what the peer calls itself; empty where it does not
     */
    public record Login(Proof proof, String address, String door, String program) {
        public Login(Proof proof, String address, String door) {
            this(proof, address, door, "");
        }
    }

    /**
     * @param token to log in with again; empty when a token was shown
     * @param expires when it ends at the latest, if it does; a session ends earlier when it is not used
     * @param rights for people and programs to read, such as {@code /:list,read}
     */
    public record Session(Principal principal, Optional<String> token, Optional<Instant> expires, List<String> rights) {
        @Override
        public String toString() {
            return "Session[principal=" + principal + ", expires=" + expires + "]";
        }
    }

    /**
     * @param expires when it ends at the latest; earlier when it is not used
     * @param address from which it was begun
     * @param door by which
     * @param program what the peer called itself; each of the three is empty where it is not known
     */
    public record OpenSession(
            long id, Instant created, Instant used, Instant expires, String address, String door, String program) {}

    public record EndSession(Principal who, long session) {}

    public record Logout(Principal who, boolean all) {}

    /** @param keepTokens whether the account's named tokens stay; its other sessions end in any case */
    public record ChangePassword(Principal who, String old, String changed, boolean keepTokens) {
        @Override
        public String toString() {
            return "ChangePassword[who=" + who + "]";
        }
    }

    /** @param rules what the account may do, such as {@code /team:list,read,write}; none for the usual ones */
    public record AddUser(Principal who, String name, Optional<String> password, boolean admin, List<String> rules) {
        @Override
        public String toString() {
            return "AddUser[name=" + name + "]";
        }
    }

    public record NewUser(Account account, Optional<String> oneTimePassword) {
        @Override
        public String toString() {
            return "NewUser[account=" + account + "]";
        }
    }

    public record RemoveUser(Principal who, String name) {}

    public record ResetUser(Principal who, String name) {}

    /** @param rules as for {@link AddUser}, but none for no rights at all */
    public record SetRights(Principal who, String name, List<String> rules) {}

    /** @param right by its word, such as {@code read} */
    public record Explain(Principal who, String name, String right, VirtualPath path) {}

    /**
     * @param rule that decided, such as {@code /team:list,read}
     * @param administrator whether being an administrator decided, and no rule was asked
     */
    public record Explanation(boolean allowed, Optional<String> rule, boolean administrator) {}

    /**
     * @param expires empty for one that lasts until it is revoked
     * @param rules what it may do at most; none for whatever the account may do
     */
    public record CreateToken(Principal who, String name, Optional<Instant> expires, List<String> rules) {}

    /** @param text to log in with; shown this once, and not kept */
    public record NewToken(String account, Token token, String text) {
        @Override
        public String toString() {
            return "NewToken[token=" + token + "]";
        }
    }

    public record RevokeToken(Principal who, String name) {}

    /** @param rules what it may do as things are now */
    public record Token(String name, Instant created, Optional<Instant> expires, List<String> rules) {}

    public record Account(
            String name, boolean admin, List<String> rules, Instant created, boolean mustChangePassword) {}

    /**
     * @param sessions the rows of {@link Principal#session} that ended
     * @param reason {@code logout}, {@code password-changed}, {@code password-reset}, {@code account-removed},
     *     {@code token-revoked}, {@code unused}, {@code expired}
     */
    public record SessionsEnded(String account, List<Long> sessions, String reason) {}
}
