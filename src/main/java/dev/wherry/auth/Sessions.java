package dev.wherry.auth;

import dev.wherry.auth.Auth.EndSession;
import dev.wherry.auth.Auth.Login;
import dev.wherry.auth.Auth.OpenSession;
import dev.wherry.auth.Auth.SessionsEnded;
import dev.wherry.auth.Passwords.Verified;
import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.config.Config;
import dev.wherry.database.Database;
import dev.wherry.database.Database.Work;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is logged in. Every request of every door asks {@link #current}, so what counts is kept in memory; whatever ends
 * a session takes it out of there before anybody is told. Used on one event loop.
 */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    /** Those beyond are read from the database again when they are used. */
    private static final int MAX_CACHED = 10_000;
    /** A use is written down at most this often; a restart forgets no more than that. */
    private static final Duration RECORD_EVERY = Duration.ofMinutes(1);

    private final Bus bus;
    private final Database database;
    private final Clock clock;
    private final Duration idle;
    private final Duration lifetime;
    private final Duration recordEvery;
    private final Map<Long, LiveSession> live = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, LiveSession> eldest) {
            return size() > MAX_CACHED;
        }
    };

    /** How often something ended: what was read from the database before that may not count any more. */
    private long endings;

    Sessions(Bus bus, Database database, Config.Login limits, Clock clock) {
        this.bus = bus;
        this.database = database;
        this.clock = clock;
        idle = limits.sessionIdle();
        lifetime = limits.sessionLifetime();
        recordEvery = RECORD_EVERY.compareTo(idle.dividedBy(4)) < 0 ? RECORD_EVERY : idle.dividedBy(4);
    }

    /** Begins a session of an account whose password was right a moment ago; fails when it has changed since. */
    Future<Opened> open(Verified verified, Login login) {
        var token = Secrets.token();
        var now = clock.instant();
        return database.write(handle -> {
                    var account = Accounts.withId(handle, verified.account().id())
                            .filter(today ->
                                    today.revocation() == verified.account().revocation())
                            .filter(today -> !today.disabled())
                            .orElseThrow(Logins::wrong);
                    verified.renewed().ifPresent(hash -> Accounts.renewHash(handle, account.id(), hash));
                    return SessionRows.insert(handle, account, login, token, now, now.plus(lifetime));
                })
                .map(session -> new Opened(keep(session), token));
    }

    private LiveSession keep(LiveSession session) {
        live.put(session.principal().session(), session);
        return session;
    }

    /** The session that this is the token of; fails with {@link Fault#WRONG_LOGIN}. */
    Future<LiveSession> withToken(String token) {
        return load(handle -> SessionRows.withToken(handle, token))
                .compose(found -> used(
                        found,
                        Fault.WRONG_LOGIN.because("this token does not count (any more); log in with the password")));
    }

    /** The session by which these came in, with today's rights; fails with {@link Fault#SESSION_ENDED}. */
    Future<LiveSession> current(Principal who) {
        var cached = live.get(who.session());
        var found = cached != null
                ? Future.succeededFuture(Optional.of(cached))
                : load(handle -> SessionRows.withId(handle, who.session()));
        return found.compose(
                session -> used(session, Fault.SESSION_ENDED.because("the session has ended; log in again")));
    }

    /** Reads and keeps it; again, when something ended meanwhile. */
    private Future<Optional<LiveSession>> load(Work<Optional<LiveSession>> query) {
        long before = endings;
        return database.read(query).compose(found -> {
            if (endings != before) {
                return load(query);
            }
            return Future.succeededFuture(found.map(this::keep));
        });
    }

    private Future<LiveSession> used(Optional<LiveSession> found, FaultException otherwise) {
        var now = clock.instant();
        return found.filter(session -> !session.isOver(now, idle))
                .map(session -> {
                    session.use(now);
                    record(session, now);
                    return Future.succeededFuture(session);
                })
                .orElseGet(() -> Future.failedFuture(otherwise));
    }

    private void record(LiveSession session, Instant now) {
        if (session.record(now, recordEvery)) {
            database.write(handle -> {
                        SessionRows.used(handle, session.principal().session(), now);
                        return true;
                    })
                    .onFailure(failure -> LOG.warn("the use of a session could not be written down", failure));
        }
    }

    /** Ends one, as its owner wished. */
    Future<Integer> logOut(Principal who) {
        return end(who, "logout");
    }

    /** Ends one that its door began by itself, and that nobody asked to end. */
    Future<Integer> endUnused(Principal who) {
        return end(who, "unused");
    }

    private Future<Integer> end(Principal who, String reason) {
        return database.write(handle -> SessionRows.end(handle, who.session())).map(was -> {
            if (was) {
                ended(who.account(), List.of(who.session()), reason);
            }
            return was ? 1 : 0;
        });
    }

    /** Those of the account that are not over, the latest used first. */
    Future<List<OpenSession>> ofAccount(Principal who) {
        return current(who)
                .compose(session -> database.read(handle -> SessionRows.open(
                        handle, Accounts.require(handle, who.account()).id(), clock.instant(), idle)));
    }

    /** Ends one of the account by its row, as its owner wished. */
    Future<Integer> endOne(EndSession asked) {
        return current(asked.who())
                .compose(session -> session.isToken()
                        ? Future.failedFuture(
                                Fault.DENIED.because("a token ends no sessions; log in with the password first"))
                        : database.write(handle -> SessionRows.endOf(
                                handle,
                                Accounts.require(handle, asked.who().account()).id(),
                                asked.session())))
                .map(was -> {
                    if (!was) {
                        throw Fault.NOT_FOUND.because("you have no such session (any more)");
                    }
                    ended(asked.who().account(), List.of(asked.session()), "logout");
                    return 1;
                });
    }

    /** Ends all of the account, tokens too. */
    Future<Integer> logOutEverywhere(Principal who) {
        return database.write(handle -> SessionRows.endAll(
                        handle, Accounts.require(handle, who.account()).id()))
                .map(ids -> {
                    ended(who.account(), ids, "logout");
                    return ids.size();
                });
    }

    /** Ends those whose time is over. */
    Future<Void> sweep() {
        var now = clock.instant();
        return database.write(handle -> SessionRows.endOver(handle, now, idle, recordEvery))
                .map(over -> {
                    over.forEach((account, ids) -> ended(account, ids, "expired"));
                    return null;
                });
    }

    /** Forgets what ended in the database, and only then tells everyone. */
    void ended(String account, List<Long> ids, String reason) {
        endings++;
        ids.forEach(live::remove);
        if (!ids.isEmpty()) {
            bus.tell(Auth.SESSIONS_ENDED, new SessionsEnded(account, List.copyOf(ids), reason));
            bus.tell(Event.HAPPENED, new AuthEvent.LoggedOut(account, ids.size(), reason));
        }
    }

    /** The same, where the account changed too: sessions that are left are read again. */
    void changed(String account, List<Long> ids, String reason) {
        live.values().removeIf(session -> session.principal().account().equals(account));
        ended(account, ids, reason);
    }

    /** @param token shown once, and not kept */
    record Opened(LiveSession session, String token) {
        @Override
        public String toString() {
            return "Opened[" + session.principal() + "]";
        }
    }
}
