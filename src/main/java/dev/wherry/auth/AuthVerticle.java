package dev.wherry.auth;

import dev.wherry.auth.Auth.Logout;
import dev.wherry.auth.Auth.NewUser;
import dev.wherry.auth.Auth.Session;
import dev.wherry.bus.Bus;
import dev.wherry.config.Config;
import dev.wherry.database.Database;
import dev.wherry.fault.Fault;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers at the addresses of {@link Auth}. One instance: its parts keep their state on its event loop. */
public final class AuthVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(AuthVerticle.class);
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);

    private final Bus bus;
    private final Database database;
    private final Config.Login limits;
    private final Clock clock;
    private final Path dataFolder;
    private final Argon2 argon2;
    private final Duration sweepEvery;

    /** @param dataFolder where {@link FirstStart#ensureAdmin} may have left a note */
    public AuthVerticle(Bus bus, Database database, Config.Login limits, Clock clock, Path dataFolder) {
        this(bus, database, limits, clock, dataFolder, new Argon2(Argon2.USUAL), SWEEP_EVERY);
    }

    AuthVerticle(
            Bus bus,
            Database database,
            Config.Login limits,
            Clock clock,
            Path dataFolder,
            Argon2 argon2,
            Duration sweepEvery) {
        this.bus = bus;
        this.database = database;
        this.limits = limits;
        this.clock = clock;
        this.dataFolder = dataFolder;
        this.argon2 = argon2;
        this.sweepEvery = sweepEvery;
    }

    @Override
    public Future<?> start() {
        var failures = new LoginLimits(database, limits, clock);
        var sessions = new Sessions(bus, database, limits, clock);
        return failures.load().compose(loaded -> sessions.sweep()).onSuccess(swept -> wire(failures, sessions));
    }

    private void wire(LoginLimits failures, Sessions sessions) {
        var passwords = new Passwords(vertx, argon2, limits.maxQueued());
        var logins = new Logins(bus, database, passwords, sessions, failures);
        var changes = new PasswordChanges(bus, database, passwords, sessions, failures, this::removeNote);
        var administration = new UserAdministration(bus, database, passwords, sessions, clock);
        var tokens = new Tokens(bus, database, sessions, clock);

        bus.answer(Auth.LOGIN, logins::logIn, session -> undo(sessions, session));
        bus.answer(Auth.CURRENT, who -> sessions.current(who).map(LiveSession::principal));
        bus.answer(Auth.LOGOUT, asked -> logOut(sessions, asked));
        bus.answer(Auth.END_UNUSED, sessions::endUnused);
        bus.answer(Auth.LIST_SESSIONS, sessions::ofAccount);
        bus.answer(Auth.END_SESSION, sessions::endOne);
        bus.answer(Auth.CHANGE_PASSWORD, changes::change);
        bus.answer(Auth.ADD_USER, administration::add);
        bus.answer(Auth.LIST_USERS, administration::list);
        bus.answer(Auth.REMOVE_USER, administration::remove);
        bus.answer(Auth.RESET_USER, asked -> administration.reset(asked).compose(this::withoutNote));
        bus.answer(Auth.SET_RIGHTS, administration::setRights);
        bus.answer(Auth.EXPLAIN, administration::explain);
        bus.answer(Auth.CREATE_TOKEN, tokens::create, tokens::undo);
        bus.answer(Auth.LIST_TOKENS, tokens::list);
        bus.answer(Auth.REVOKE_TOKEN, tokens::revoke);
        vertx.setPeriodic(
                sweepEvery.toMillis(),
                timer -> sessions.sweep()
                        .onFailure(failure -> LOG.warn("sessions whose time is over could not be ended", failure)));
    }

    private static Future<Integer> logOut(Sessions sessions, Logout asked) {
        return sessions.current(asked.who()).compose(session -> {
            if (session.isToken()) {
                return leave(asked);
            }
            return asked.all() ? sessions.logOutEverywhere(session.principal()) : sessions.logOut(session.principal());
        });
    }

    /** A named token outlives the connections that were opened with it: only its owner ends it. */
    private static Future<Integer> leave(Logout asked) {
        return asked.all()
                ? Future.failedFuture(Fault.DENIED.because("a token ends no sessions; log in with the password first"))
                : Future.succeededFuture(0);
    }

    /** Nobody waits for this session any more; a token that was shown stays. */
    private static void undo(Sessions sessions, Session session) {
        session.token()
                .ifPresent(token -> sessions.logOut(session.principal())
                        .onFailure(failure -> LOG.warn("a session that nobody waits for could not be ended", failure)));
    }

    /** A password that an administrator gave anew is theirs to tell: what was noted is not true any more. */
    private Future<NewUser> withoutNote(NewUser reset) {
        return FirstStart.ADMIN.equals(reset.account().name())
                ? removeNote().map(reset)
                : Future.succeededFuture(reset);
    }

    private Future<Void> removeNote() {
        var note = FirstStart.note(dataFolder).toString();
        return vertx.fileSystem()
                .exists(note)
                .compose(there -> there ? vertx.fileSystem().delete(note) : Future.succeededFuture())
                .onFailure(failure -> LOG.warn("{} could not be removed; remove it by hand", note, failure))
                .otherwiseEmpty();
    }
}
