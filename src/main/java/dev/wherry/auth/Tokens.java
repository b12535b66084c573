package dev.wherry.auth;

import dev.wherry.auth.Auth.CreateToken;
import dev.wherry.auth.Auth.NewToken;
import dev.wherry.auth.Auth.RevokeToken;
import dev.wherry.auth.Auth.Token;
import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.database.Database;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The named tokens by which programs come in. One can do no more than its account, whatever was said when it was made,
 * and makes or ends no others: who finds one finds no way to more. Used on one event loop.
 */
final class Tokens {
    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    private final Bus bus;
    private final Database database;
    private final Sessions sessions;
    private final Clock clock;

    Tokens(Bus bus, Database database, Sessions sessions, Clock clock) {
        this.bus = bus;
        this.database = database;
        this.sessions = sessions;
        this.clock = clock;
    }

    Future<NewToken> create(CreateToken asked) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return owner(asked.who()).compose(who -> {
            var named = new CreateToken(who, AccountName.parse(asked.name()), asked.expires(), asked.rules());
            var most = PathRule.parseAll(asked.rules());
            demandFuture(asked.expires(), now);
            var text = Secrets.token();
            return database.write(handle -> SessionRows.insertToken(
                            handle, Accounts.require(handle, who.account()), named, most, text, now))
                    .onSuccess(
                            token -> bus.tell(Event.HAPPENED, new AuthEvent.TokenCreated(who.account(), token.name())))
                    .map(token -> new NewToken(who.account(), token, text));
        });
    }

    private static void demandFuture(Optional<Instant> expires, Instant now) {
        expires.filter(end -> !end.isAfter(now)).ifPresent(past -> {
            throw Fault.MALFORMED
                    .because("a token cannot end in the past")
                    .with("expires", past.toString())
                    .with("now", now.toString());
        });
    }

    /** Nobody heard its text: it is of no use to anybody. */
    void undo(NewToken made) {
        end(made.account(), made.token().name())
                .onFailure(failure -> LOG.warn("a token that nobody heard of could not be ended", failure));
    }

    Future<List<Token>> list(Principal asked) {
        return sessions.current(asked)
                .map(LiveSession::principal)
                .map(Tokens::demandOwnPassword)
                .compose(who ->
                        database.read(handle -> SessionRows.tokens(handle, Accounts.require(handle, who.account()))));
    }

    Future<Token> revoke(RevokeToken asked) {
        return owner(asked.who())
                .compose(who -> end(who.account(), asked.name())
                        .onSuccess(token ->
                                bus.tell(Event.HAPPENED, new AuthEvent.TokenRevoked(who.account(), token.name()))));
    }

    private Future<Token> end(String account, String name) {
        return database.write(handle -> end(Accounts.require(handle, account), handle, name))
                .onSuccess(ended -> sessions.ended(account, List.of(ended.row()), "token-revoked"))
                .map(Ended::token);
    }

    private static Ended end(StoredAccount account, Handle handle, String name) {
        long row = SessionRows.tokenNamed(handle, account.id(), name).orElseThrow(() -> unknown(name));
        var token = SessionRows.tokens(handle, account).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
        SessionRows.end(handle, row);
        return new Ended(row, token);
    }

    private static FaultException unknown(String name) {
        return Fault.NOT_FOUND
                .because("you have no token of this name; TOKEN LIST lists those there are")
                .with("name", AccountName.shown(name));
    }

    /** Who asks, when they came in by the password, and not by a token themselves. */
    private Future<Principal> owner(Principal who) {
        return sessions.current(who).map(session -> {
            if (session.isToken()) {
                throw Fault.DENIED.because("a token makes and ends no tokens; log in with the password first");
            }
            return demandOwnPassword(session.principal());
        });
    }

    private static Principal demandOwnPassword(Principal who) {
        if (who.mustChangePassword()) {
            throw Fault.PASSWORD_CHANGE_REQUIRED.because("the one-time password must be changed before anything else");
        }
        return who;
    }

    private record Ended(long row, Token token) {}
}
