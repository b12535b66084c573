package dev.wherry.auth;

import dev.wherry.auth.Auth.Login;
import dev.wherry.auth.Auth.Proof;
import dev.wherry.auth.Auth.Session;
import dev.wherry.auth.Passwords.Verified;
import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.database.Database;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Lets people in. Whether an account is unknown, disabled or has another password shows neither in the answer nor in
 * its time: each costs one look into the database and one hash. Used on one event loop.
 */
final class Logins {
    private final Bus bus;
    private final Database database;
    private final Passwords passwords;
    private final Sessions sessions;
    private final LoginLimits limits;

    Logins(Bus bus, Database database, Passwords passwords, Sessions sessions, LoginLimits limits) {
        this.bus = bus;
        this.database = database;
        this.passwords = passwords;
        this.sessions = sessions;
        this.limits = limits;
    }

    static FaultException wrong() {
        return Fault.WRONG_LOGIN.because("wrong user name or password");
    }

    Future<Session> logIn(Login login) {
        var outcome = switch (login.proof()) {
            case Proof.Password password -> byPassword(password, login);
            case Proof.Token token -> byToken(token, login.address());
        };
        return outcome.onSuccess(session -> bus.tell(
                        Event.HAPPENED,
                        new AuthEvent.LoginSucceeded(session.principal().account(), login.address(), login.door())))
                .onFailure(failure -> bus.tell(
                        Event.HAPPENED,
                        new AuthEvent.LoginFailed(
                                typed(login.proof()),
                                login.address(),
                                login.door(),
                                FaultException.of(failure).fault().code())));
    }

    private static String typed(Proof proof) {
        return switch (proof) {
            case Proof.Password password -> AccountName.shown(password.user());
            case Proof.Token token -> "";
        };
    }

    private Future<Session> byPassword(Proof.Password shown, Login login) {
        var subject = LoginSubject.of(shown.user(), login.address());
        return limits.check(subject)
                .compose(allowed -> verify(shown, subject))
                .compose(verified -> sessions.open(verified, login))
                .map(opened -> session(opened.session(), Optional.of(opened.token())));
    }

    /** Whoever waited for a turn is checked again: of many guesses at once only the first few are tried. */
    private Future<Verified> verify(Proof.Password shown, LoginSubject subject) {
        return passwords
                .verify(
                        shown.password(),
                        () -> limits.check(subject).compose(allowed -> find(shown.user())),
                        verified -> limits.settle(subject, verified.isPresent()))
                .compose(verified ->
                        verified.map(Future::succeededFuture).orElseGet(() -> Future.failedFuture(wrong())));
    }

    /** What can be no name is looked up like any other. */
    private Future<Optional<StoredAccount>> find(String typed) {
        var name = AccountName.ifPossible(typed).orElse("");
        return database.read(handle -> Accounts.named(handle, name));
    }

    /** A token is not guessed, so it never waits; but whoever shows wrong ones is slowed down elsewhere. */
    private Future<Session> byToken(Proof.Token shown, String address) {
        return sessions.withToken(shown.token())
                .map(session -> session(session, Optional.empty()))
                .recover(failure -> FaultException.of(failure).fault() == Fault.WRONG_LOGIN
                        ? limits.settle(LoginSubject.of("", address), false)
                                .compose(counted -> Future.failedFuture(failure))
                        : Future.failedFuture(failure));
    }

    private static Session session(LiveSession session, Optional<String> token) {
        var principal = session.principal();
        return new Session(principal, token, session.expires(), principal.rules());
    }
}
