package dev.wherry.auth;

import dev.wherry.auth.Auth.Account;
import dev.wherry.auth.Auth.AddUser;
import dev.wherry.auth.Auth.Explain;
import dev.wherry.auth.Auth.Explanation;
import dev.wherry.auth.Auth.NewUser;
import dev.wherry.auth.Auth.RemoveUser;
import dev.wherry.auth.Auth.ResetUser;
import dev.wherry.auth.Auth.SetRights;
import dev.wherry.auth.StoredAccount.Secret;
import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.database.Database;
import dev.wherry.fault.Fault;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What administrators do with the accounts of others. Used on one event loop. */
final class UserAdministration {
    private final Bus bus;
    private final Database database;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Clock clock;

    UserAdministration(Bus bus, Database database, Passwords passwords, Sessions sessions, Clock clock) {
        this.bus = bus;
        this.database = database;
        this.passwords = passwords;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Who asks, once it is certain that they may. */
    private Future<Principal> administrator(Principal who) {
        return sessions.current(who).compose(session -> {
            if (session.principal().mustChangePassword()) {
                return Future.failedFuture(Fault.PASSWORD_CHANGE_REQUIRED.because(
                        "the one-time password must be changed before anything else"));
            }
            if (!session.administrator()) {
                return Future.failedFuture(Fault.DENIED.because("only administrators may do that"));
            }
            return Future.succeededFuture(session.principal());
        });
    }

    Future<NewUser> add(AddUser asked) {
        return administrator(asked.who()).compose(who -> {
            var name = AccountName.parse(asked.name());
            var rules = rules(asked.rules(), asked.admin());
            asked.password().ifPresent(password -> PasswordRules.check(name, password));
            var password = asked.password().orElseGet(Secrets::oneTimePassword);
            boolean once = asked.password().isEmpty();
            return passwords
                    .hash(password)
                    .compose(hash -> insert(StoredAccount.fresh(
                            name,
                            asked.admin(),
                            rules,
                            new Secret(hash, once),
                            clock.instant().truncatedTo(ChronoUnit.MILLIS))))
                    .onSuccess(account ->
                            bus.tell(Event.HAPPENED, new AuthEvent.AccountAdded(name, asked.admin(), who.account())))
                    .map(account -> new NewUser(account.shown(), once ? Optional.of(password) : Optional.empty()));
        });
    }

    private static List<PathRule> rules(List<String> texts, boolean administrator) {
        var rules = PathRule.parseAll(texts);
        if (!administrator && StoredAccount.claimsEverything(rules)) {
            throw Fault.MALFORMED.because("who administers everything is an administrator: add the account as one");
        }
        return rules;
    }

    private Future<StoredAccount> insert(StoredAccount account) {
        return database.write(handle -> {
            Accounts.insert(handle, account);
            return account;
        });
    }

    Future<List<Account>> list(Principal asked) {
        return administrator(asked)
                .compose(who -> database.read(Accounts::all))
                .map(accounts -> accounts.stream().map(StoredAccount::shown).toList());
    }

    Future<Account> remove(RemoveUser asked) {
        return administrator(asked.who())
                .compose(who -> database.write(handle -> {
                            var account = Accounts.require(handle, asked.name());
                            var ended = SessionRows.endAll(handle, account.id());
                            Accounts.remove(handle, account);
                            return new Touched(account, ended);
                        })
                        .onSuccess(removed -> {
                            sessions.changed(removed.account().name(), removed.ended(), "account-removed");
                            bus.tell(
                                    Event.HAPPENED,
                                    new AuthEvent.AccountRemoved(
                                            removed.account().name(), who.account()));
                        }))
                .map(removed -> removed.account().shown());
    }

    Future<NewUser> reset(ResetUser asked) {
        var password = Secrets.oneTimePassword();
        return administrator(asked.who())
                .compose(who -> passwords
                        .hash(password)
                        .compose(hash -> database.write(handle -> {
                            var account = Accounts.require(handle, asked.name());
                            return new Touched(account, overwrite(handle, account, hash));
                        }))
                        .onSuccess(reset -> {
                            sessions.changed(reset.account().name(), reset.ended(), "password-reset");
                            bus.tell(
                                    Event.HAPPENED,
                                    new AuthEvent.PasswordChanged(
                                            reset.account().name(), who.account()));
                        }))
                .compose(reset -> database.read(handle -> Accounts.require(handle, asked.name())))
                .map(account -> new NewUser(account.shown(), Optional.of(password)));
    }

    /** Gives an account a one-time password and ends its sessions; answers which. */
    static List<Long> overwrite(Handle handle, StoredAccount account, String hash) {
        Accounts.setPassword(handle, account.id(), new Secret(hash, true));
        return SessionRows.endAll(handle, account.id());
    }

    /** Holds at once: sessions that are open are looked up again at their next request. */
    Future<Account> setRights(SetRights asked) {
        return administrator(asked.who())
                .compose(who -> database.write(handle -> {
                            var account = Accounts.require(handle, asked.name());
                            Accounts.setRules(handle, account.id(), rules(asked.rules(), account.administrator()));
                            return Accounts.require(handle, asked.name());
                        })
                        .onSuccess(account -> {
                            sessions.changed(account.name(), List.of(), "rights-changed");
                            bus.tell(Event.HAPPENED, new AuthEvent.RightsChanged(account.name(), who.account()));
                        }))
                .map(StoredAccount::shown);
    }

    Future<Explanation> explain(Explain asked) {
        return administrator(asked.who()).compose(who -> {
            var right = PathRule.right(asked.right());
            return database.read(
                    handle -> Accounts.require(handle, asked.name()).rights().explain(right, asked.path()));
        });
    }

    private record Touched(StoredAccount account, List<Long> ended) {}
}
