package dev.wherry.auth;

import dev.wherry.auth.Auth.CreateToken;
import dev.wherry.auth.Auth.Login;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The queries about sessions and tokens, which share a table; each runs inside somebody's read or write. */
final class SessionRows {
    /** What counts: the session carries its account's number, and the account is not disabled. */
    private static final String SELECT = "SELECT s.id, s.account_id, s.kind, s.used_at, s.expires_at FROM session s"
            + " JOIN account a ON a.id = s.account_id WHERE s.revocation = a.revocation AND NOT a.disabled";

    /** The end of what has none. */
    private static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);
    /** Characters of what a program calls itself that are kept. */
    private static final int MAX_PROGRAM = 300;

    /** Of one account. */
    static final int MAX_TOKENS = 100;

    private SessionRows() {}

    static LiveSession insert(
            Handle handle, StoredAccount account, Login login, String token, Instant now, Instant expires) {
        long id = Secrets.id();
        handle.createUpdate("INSERT INTO session (id, account_id, kind, token_sha256, revocation, created_at, used_at,"
                        + " expires_at, address, door, program) VALUES (:id, :account, 'session', :digest, :revocation,"
                        + " :now, :now, :expires, :address, :door, :program)")
                .bind("id", id)
                .bind("account", account.id())
                .bind("digest", Secrets.digest(token))
                .bind("revocation", account.revocation())
                .bind("now", now.toEpochMilli())
                .bind("expires", expires.toEpochMilli())
                .bind("address", login.address())
                .bind("door", login.door())
                .bind(
                        "program",
                        login.program()
                                .substring(
                                        0, Math.min(MAX_PROGRAM, login.program().length())))
                .execute();
        return live(account, List.of(), id, false, expires, now);
    }

    /**
     * Makes a named token.
     *
     * @throws FaultException {@link Fault#EXISTS} when the account has one of this name; {@link Fault#TOO_MANY}
     */
    static Auth.Token insertToken(
            Handle handle, StoredAccount account, CreateToken asked, List<PathRule> most, String text, Instant now) {
        demandRoom(handle, account, asked.name());
        long id = Secrets.id();
        var expires = asked.expires().map(end -> end.truncatedTo(ChronoUnit.MILLIS));
        handle.createUpdate("INSERT INTO session (id, account_id, kind, name, token_sha256, revocation, created_at,"
                        + " used_at, expires_at) VALUES (:id, :account, 'token', :name, :digest, :revocation, :now,"
                        + " :now, :expires)")
                .bind("id", id)
                .bind("account", account.id())
                .bind("name", asked.name())
                .bind("digest", Secrets.digest(text))
                .bind("revocation", account.revocation())
                .bind("now", now.toEpochMilli())
                .bind("expires", expires.orElse(NEVER).toEpochMilli())
                .execute();
        for (var rule : most) {
            handle.createUpdate("INSERT INTO token_rule (session_id, path, rights) VALUES (:id, :path, :rights)")
                    .bind("id", id)
                    .bind("path", rule.path().toString())
                    .bind("rights", rule.words())
                    .execute();
        }
        return new Auth.Token(asked.name(), now, expires, rights(account, most).texts());
    }

    private static void demandRoom(Handle handle, StoredAccount account, String name) {
        var tokens = tokens(handle, account);
        if (tokens.stream().anyMatch(token -> token.name().equals(name))) {
            throw Fault.EXISTS
                    .because("there is a token of this name already; revoke it first, or choose another name")
                    .with("name", name);
        }
        if (tokens.size() >= MAX_TOKENS) {
            throw Fault.TOO_MANY
                    .because("one account may have " + MAX_TOKENS + " tokens; revoke one first")
                    .with("limit", MAX_TOKENS);
        }
    }

    /** The named tokens of an account, by name. */
    static List<Auth.Token> tokens(Handle handle, StoredAccount account) {
        return handle.createQuery("SELECT id, name, created_at, expires_at FROM session"
                        + " WHERE account_id = :account AND kind = 'token' ORDER BY name")
                .bind("account", account.id())
                .map((row, context) -> new Auth.Token(
                        row.getString("name"),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        end(Instant.ofEpochMilli(row.getLong("expires_at"))),
                        rights(account, most(handle, row.getLong("id"))).texts()))
                .list();
    }

    /** Empty for what never ends. */
    static Optional<Instant> end(Instant expires) {
        return expires.equals(NEVER) ? Optional.empty() : Optional.of(expires);
    }

    /** Where somebody is logged in, the latest used first. */
    static List<Auth.OpenSession> open(Handle handle, long account, Instant now, Duration idle) {
        return handle.createQuery("SELECT id, created_at, used_at, expires_at, COALESCE(address, '') AS address,"
                        + " COALESCE(door, '') AS door, COALESCE(program, '') AS program FROM session"
                        + " WHERE account_id = :account AND kind = 'session' AND expires_at > :now AND used_at > :idle"
                        + " ORDER BY used_at DESC LIMIT 100")
                .bind("account", account)
                .bind("now", now.toEpochMilli())
                .bind("idle", now.minus(idle).toEpochMilli())
                .map((row, context) -> new Auth.OpenSession(
                        row.getLong("id"),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        Instant.ofEpochMilli(row.getLong("used_at")),
                        Instant.ofEpochMilli(row.getLong("expires_at")),
                        row.getString("address"),
                        row.getString("door"),
                        row.getString("program")))
                .list();
    }

    /** Ends a session of just this account. */
    static boolean endOf(Handle handle, long account, long id) {
        return handle.execute("DELETE FROM session WHERE id = ? AND account_id = ? AND kind = 'session'", id, account)
                > 0;
    }

    /** The row of a named token. */
    static Optional<Long> tokenNamed(Handle handle, long account, String name) {
        return handle.createQuery("SELECT id FROM session WHERE account_id = :account AND name = :name")
                .bind("account", account)
                .bind("name", name)
                .mapTo(Long.class)
                .findOne();
    }

    private static List<PathRule> most(Handle handle, long token) {
        return handle.createQuery("SELECT path, rights FROM token_rule WHERE session_id = :id")
                .bind("id", token)
                .map((row, context) -> new PathRule(
                        VirtualPath.parse(row.getString("path")), PathRule.rights(row.getString("rights"))))
                .list();
    }

    private static PathRights rights(StoredAccount account, List<PathRule> most) {
        return most.isEmpty() ? account.rights() : account.rights().within(most);
    }

    static Optional<LiveSession> withId(Handle handle, long id) {
        return handle.createQuery(SELECT + " AND s.id = :id")
                .bind("id", id)
                .map((row, context) -> live(handle, row))
                .findOne();
    }

    static Optional<LiveSession> withToken(Handle handle, String token) {
        return handle.createQuery(SELECT + " AND s.token_sha256 = :digest")
                .bind("digest", Secrets.digest(token))
                .map((row, context) -> live(handle, row))
                .findOne();
    }

    private static LiveSession live(Handle handle, ResultSet row) throws SQLException {
        var account = Accounts.withId(handle, row.getLong("account_id")).orElseThrow();
        boolean token = row.getString("kind").equals("token");
        return live(
                account,
                token ? most(handle, row.getLong("id")) : List.of(),
                row.getLong("id"),
                token,
                Instant.ofEpochMilli(row.getLong("expires_at")),
                Instant.ofEpochMilli(row.getLong("used_at")));
    }

    private static LiveSession live(
            StoredAccount account, List<PathRule> most, long id, boolean token, Instant expires, Instant used) {
        var principal = Principal.of(
                account.name(), id, account.mustChangePassword(), rights(account, most), LoginLimit.of(most));
        boolean administrator = account.administrator() && principal.mayThroughout(Right.ADMINISTER, VirtualPath.ROOT);
        return new LiveSession(principal, administrator, token, expires, used);
    }

    static void used(Handle handle, long id, Instant when) {
        handle.createUpdate("UPDATE session SET used_at = :when WHERE id = :id")
                .bind("when", when.toEpochMilli())
                .bind("id", id)
                .execute();
    }

    /** Ends one; whether it was there. */
    static boolean end(Handle handle, long id) {
        return handle.createUpdate("DELETE FROM session WHERE id = :id")
                        .bind("id", id)
                        .execute()
                > 0;
    }

    /** Ends all of an account, tokens too, and answers which; the account's number moves on. */
    static List<Long> endAll(Handle handle, long account) {
        return endOthers(handle, account, -1, false);
    }

    /**
     * Ends all of an account but one, and answers which; the account's number moves on, and that of those that stay.
     *
     * @param keepTokens whether the named tokens stay too
     */
    static List<Long> endOthers(Handle handle, long account, long kept, boolean keepTokens) {
        var going = "account_id = :account AND id <> :kept" + (keepTokens ? " AND kind <> 'token'" : "");
        var ended = handle.createQuery("SELECT id FROM session WHERE " + going)
                .bind("account", account)
                .bind("kept", kept)
                .mapTo(Long.class)
                .list();
        handle.createUpdate("DELETE FROM session WHERE " + going)
                .bind("account", account)
                .bind("kept", kept)
                .execute();
        handle.createUpdate("UPDATE account SET revocation = revocation + 1 WHERE id = :account")
                .bind("account", account)
                .execute();
        handle.createUpdate("UPDATE session SET revocation = revocation + 1 WHERE account_id = :account")
                .bind("account", account)
                .execute();
        return ended;
    }

    /**
     * Ends those whose time is over, and answers which, by account.
     *
     * @param unrecorded how much later than written down a session may have been used
     */
    static Map<String, List<Long>> endOver(Handle handle, Instant now, Duration idle, Duration unrecorded) {
        var over = new LinkedHashMap<String, List<Long>>();
        handle.createQuery("SELECT s.id, a.name FROM session s JOIN account a ON a.id = s.account_id"
                        + " WHERE s.expires_at <= :now OR (s.kind = 'session' AND s.used_at <= :unused)")
                .bind("now", now.toEpochMilli())
                .bind("unused", now.minus(idle).minus(unrecorded).toEpochMilli())
                .map((row, context) -> over.computeIfAbsent(row.getString("name"), name -> new ArrayList<>())
                        .add(row.getLong("id")))
                .list();
        over.values().forEach(ids -> ids.forEach(id -> end(handle, id)));
        return over;
    }
}
