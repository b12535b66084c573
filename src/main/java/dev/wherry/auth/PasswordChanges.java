package dev.wherry.auth;

import dev.wherry.auth.Auth.ChangePassword;
import dev.wherry.auth.StoredAccount.Secret;
import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.database.Database;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/** Changes the own password, and ends every other session of the account, and its tokens. Used on one event loop. */
final class PasswordChanges {
    /** Guesses with a stolen session are counted apart, so that the thief does not hold up the owner's login. */
    private static final String FROM_A_SESSION = "session";

    private final Bus bus;
    private final Database database;
    private final Passwords passwords;
    private final Sessions sessions;
    private final LoginLimits limits;
    private final Supplier<Future<Void>> firstLoginDone;

    /** @param firstLoginDone removes the note with the one-time password of the first administrator */
    PasswordChanges(
            Bus bus,
            Database database,
            Passwords passwords,
            Sessions sessions,
            LoginLimits limits,
            Supplier<Future<Void>> firstLoginDone) {
        this.bus = bus;
        this.database = database;
        this.passwords = passwords;
        this.sessions = sessions;
        this.limits = limits;
        this.firstLoginDone = firstLoginDone;
    }

    Future<Principal> change(ChangePassword asked) {
        return sessions.current(asked.who())
                .map(LiveSession::principal)
                .compose(who -> checkNew(who, asked)
                        .compose(fine -> checkOld(who, asked.old()))
                        .compose(right -> passwords.hash(asked.changed()))
                        .compose(hash -> store(who, hash, asked.keepTokens()))
                        .onSuccess(ended -> tell(who, ended))
                        .compose(ended -> FirstStart.ADMIN.equals(who.account())
                                ? firstLoginDone.get()
                                : Future.succeededFuture())
                        .compose(done -> sessions.current(who)))
                .map(LiveSession::principal);
    }

    private static Future<Void> checkNew(Principal who, ChangePassword asked) {
        try {
            PasswordRules.check(who.account(), asked.changed());
        } catch (FaultException bad) {
            return Future.failedFuture(bad);
        }
        return Argon2.normal(asked.changed()).equals(Argon2.normal(asked.old()))
                ? Future.failedFuture(PasswordRules.bad("it is the old one"))
                : Future.succeededFuture();
    }

    private Future<Void> checkOld(Principal who, String old) {
        var subject = LoginSubject.of(who.account(), FROM_A_SESSION);
        return limits.check(subject)
                .compose(allowed -> passwords.verify(
                        old,
                        () -> limits.check(subject)
                                .compose(still -> database.read(handle -> Accounts.named(handle, who.account()))),
                        verified -> limits.settle(subject, verified.isPresent())))
                .compose(verified -> verified.isPresent()
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                                Fault.WRONG_LOGIN.because("the old password is wrong; nothing was changed")));
    }

    private Future<List<Long>> store(Principal who, String hash, boolean keepTokens) {
        return database.write(handle -> {
            // Whoever was logged out while the hash was computed changes nothing any more.
            if (SessionRows.withId(handle, who.session()).isEmpty()) {
                throw Fault.SESSION_ENDED.because("the session has ended; log in again");
            }
            var account = Accounts.require(handle, who.account());
            Accounts.setPassword(handle, account.id(), new Secret(hash, false));
            return SessionRows.endOthers(handle, account.id(), who.session(), keepTokens);
        });
    }

    private void tell(Principal who, List<Long> ended) {
        sessions.changed(who.account(), ended, "password-changed");
        bus.tell(Event.HAPPENED, new AuthEvent.PasswordChanged(who.account(), who.account()));
    }
}
