package dev.wherry.auth;

import dev.wherry.auth.StoredAccount.Secret;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The queries about accounts and their rules; each runs inside somebody's read or write. */
final class Accounts {
    private static final String SELECT = "SELECT id, name, password_hash, administrator, disabled,"
            + " must_change_password, revocation, created_at FROM account";

    private Accounts() {}

    static boolean none(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM account")
                        .mapTo(Long.class)
                        .one()
                == 0;
    }

    static List<StoredAccount> all(Handle handle) {
        return handle.createQuery(SELECT + " ORDER BY name")
                .map((row, context) -> account(handle, row))
                .list();
    }

    static Optional<StoredAccount> named(Handle handle, String name) {
        return handle.createQuery(SELECT + " WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> account(handle, row))
                .findOne();
    }

    static Optional<StoredAccount> withId(Handle handle, long id) {
        return handle.createQuery(SELECT + " WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> account(handle, row))
                .findOne();
    }

    /** @throws FaultException {@link Fault#NOT_FOUND} */
    static StoredAccount require(Handle handle, String name) {
        return named(handle, name)
                .orElseThrow(() -> Fault.NOT_FOUND
                        .because("there is no account of this name; names differ by upper and lower case")
                        .with("name", AccountName.shown(name)));
    }

    private static StoredAccount account(Handle handle, ResultSet row) throws SQLException {
        long id = row.getLong("id");
        return new StoredAccount(
                id,
                row.getString("name"),
                row.getString("password_hash"),
                row.getBoolean("administrator"),
                row.getBoolean("disabled"),
                row.getBoolean("must_change_password"),
                row.getLong("revocation"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                rules(handle, id));
    }

    private static List<PathRule> rules(Handle handle, long account) {
        return handle.createQuery("SELECT path, rights FROM path_rule WHERE account_id = :account")
                .bind("account", account)
                .map((row, context) -> new PathRule(
                        VirtualPath.parse(row.getString("path")), PathRule.rights(row.getString("rights"))))
                .list();
    }

    /** @throws FaultException {@link Fault#EXISTS} */
    static void insert(Handle handle, StoredAccount account) {
        if (named(handle, account.name()).isPresent()) {
            throw Fault.EXISTS
                    .because("there is an account of this name already; choose another name")
                    .with("name", account.name());
        }
        handle.createUpdate("INSERT INTO account (id, name, password_hash, administrator, disabled,"
                        + " must_change_password, revocation, created_at) VALUES (:id, :name, :passwordHash,"
                        + " :administrator, :disabled, :mustChangePassword, :revocation, :created)")
                .bind("id", account.id())
                .bind("name", account.name())
                .bind("passwordHash", account.passwordHash())
                .bind("administrator", account.administrator())
                .bind("disabled", account.disabled())
                .bind("mustChangePassword", account.mustChangePassword())
                .bind("revocation", account.revocation())
                .bind("created", account.created().toEpochMilli())
                .execute();
        insertRules(handle, account.id(), account.rules());
    }

    static void setRules(Handle handle, long account, List<PathRule> rules) {
        handle.createUpdate("DELETE FROM path_rule WHERE account_id = :account")
                .bind("account", account)
                .execute();
        insertRules(handle, account, rules);
    }

    private static void insertRules(Handle handle, long account, List<PathRule> rules) {
        for (var rule : rules) {
            handle.createUpdate("INSERT INTO path_rule (account_id, path, rights) VALUES (:account, :path, :rights)")
                    .bind("account", account)
                    .bind("path", rule.path().toString())
                    .bind("rights", rule.words())
                    .execute();
        }
    }

    static void setPassword(Handle handle, long account, Secret secret) {
        handle.createUpdate("UPDATE account SET password_hash = :hash, must_change_password = :once WHERE id = :id")
                .bind("hash", secret.hash())
                .bind("once", secret.once())
                .bind("id", account)
                .execute();
    }

    /** Replaces a hash by one of the same password with today's parameters. */
    static void renewHash(Handle handle, long account, String hash) {
        handle.createUpdate("UPDATE account SET password_hash = :hash WHERE id = :id")
                .bind("hash", hash)
                .bind("id", account)
                .execute();
    }

    /** @throws FaultException {@link Fault#DENIED} when nobody could administer afterwards */
    static void remove(Handle handle, StoredAccount account) {
        if (account.administrator() && otherAdministrators(handle, account.id()) == 0) {
            throw Fault.DENIED
                    .because("this is the last administrator; make another one first")
                    .with("name", account.name());
        }
        handle.createUpdate("DELETE FROM account WHERE id = :id")
                .bind("id", account.id())
                .execute();
    }

    private static long otherAdministrators(Handle handle, long account) {
        return handle.createQuery("SELECT count(*) FROM account WHERE administrator AND NOT disabled AND id <> :id")
                .bind("id", account)
                .mapTo(Long.class)
                .one();
    }
}
