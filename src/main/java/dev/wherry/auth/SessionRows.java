package dev.wherry.auth;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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

    private SessionRows() {}

    static LiveSession insert(Handle handle, StoredAccount account, String token, Instant now, Instant expires) {
        long id = Secrets.id();
        handle.createUpdate("INSERT INTO session (id, account_id, kind, token_sha256, revocation, created_at, used_at,"
                        + " expires_at) VALUES (:id, :account, 'session', :digest, :revocation, :now, :now, :expires)")
                .bind("id", id)
                .bind("account", account.id())
                .bind("digest", Secrets.digest(token))
                .bind("revocation", account.revocation())
                .bind("now", now.toEpochMilli())
                .bind("expires", expires.toEpochMilli())
                .execute();
        return live(account, id, false, expires, now);
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
        return live(
                account,
                row.getLong("id"),
                row.getString("kind").equals("token"),
                Instant.ofEpochMilli(row.getLong("expires_at")),
                Instant.ofEpochMilli(row.getLong("used_at")));
    }

    private static LiveSession live(StoredAccount account, long id, boolean token, Instant expires, Instant used) {
        var principal = Principal.of(account.name(), id, account.mustChangePassword(), account.rights());
        return new LiveSession(principal, account.administrator(), token, expires, used);
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

    /** Ends all of an account but one, tokens too, and answers which; the account's number moves on. */
    static List<Long> endAll(Handle handle, long account, Optional<Long> kept) {
        long spared = kept.orElse(-1L);
        var ended = handle.createQuery("SELECT id FROM session WHERE account_id = :account AND id <> :spared")
                .bind("account", account)
                .bind("spared", spared)
                .mapTo(Long.class)
                .list();
        handle.createUpdate("DELETE FROM session WHERE account_id = :account AND id <> :spared")
                .bind("account", account)
                .bind("spared", spared)
                .execute();
        handle.createUpdate("UPDATE account SET revocation = revocation + 1 WHERE id = :account")
                .bind("account", account)
                .execute();
        handle.createUpdate("UPDATE session SET revocation = revocation + 1 WHERE id = :spared")
                .bind("spared", spared)
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
