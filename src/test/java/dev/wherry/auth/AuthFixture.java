package dev.wherry.auth;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.auth.Auth.Login;
import dev.wherry.auth.Auth.Proof;
import dev.wherry.auth.Auth.Session;
import dev.wherry.auth.Auth.SessionsEnded;
import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.clock.SteppedClock;
import dev.wherry.config.Config;
import dev.wherry.database.SqliteDatabase;
import dev.wherry.fault.FaultException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The real verticle behind the real bus, on a real database file, with a clock that stands still and cheap hashes. */
final class AuthFixture {
    static final String PASSWORD = "a rather good one";
    static final String HOME = "192.0.2.7";
    static final String ELSEWHERE = "198.51.100.9";
    static final Argon2.Cost CHEAP = new Argon2.Cost(64, 1, 1);

    final Path folder;
    final Config.Login limits;
    final SteppedClock clock = new SteppedClock();
    final Argon2 argon2;
    final List<Event> events = new CopyOnWriteArrayList<>();
    final List<SessionsEnded> ended = new CopyOnWriteArrayList<>();
    final Vertx vertx = Vertx.vertx();
    final Bus bus = new Bus(vertx);

    SqliteDatabase database;
    private String deployment = "";

    AuthFixture(Path folder) throws Exception {
        this(folder, limits(64), CHEAP);
    }

    AuthFixture(Path folder, Config.Login limits, Argon2.Cost cost) throws Exception {
        this.folder = folder;
        this.limits = limits;
        argon2 = new Argon2(cost);
        bus.hear(Event.HAPPENED, events::add);
        bus.hear(Auth.SESSIONS_ENDED, ended::add);
        database = SqliteDatabase.open(vertx, folder.resolve("wherry.db"));
        done(FirstStart.ensureAdmin(database, folder, Optional.of(passwordFile()), clock, argon2));
        deploy();
    }

    static Config.Login limits(int maxQueued) {
        return new Config.Login(
                Duration.ofHours(12), Duration.ofDays(30), 5, Duration.ofSeconds(1), Duration.ofMinutes(5), maxQueued);
    }

    private Path passwordFile() throws IOException {
        return Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    }

    private void deploy() throws Exception {
        deployment = done(vertx.deployVerticle(
                new AuthVerticle(bus, database, limits, clock, folder, argon2, Duration.ofMillis(20))));
    }

    /** Stops everything that remembers, and starts it again on the same file. */
    void restart() throws Exception {
        done(database.close());
        reopen();
    }

    /** Goes on with a file that was closed. */
    void reopen() throws Exception {
        done(vertx.undeploy(deployment));
        database = SqliteDatabase.open(vertx, folder.resolve("wherry.db"));
        deploy();
    }

    /** Stops all of it. */
    void stop() throws Exception {
        done(vertx.undeploy(deployment));
        done(database.close());
        done(vertx.close());
    }

    static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, SECONDS);
    }

    /** The fault with which it fails. */
    static FaultException fault(Future<?> future) throws Exception {
        var failure = done(future.<Throwable>map(value -> new AssertionError("did not fail, but gave " + value))
                .otherwise(thrown -> thrown));
        assertThat(failure).isInstanceOf(FaultException.class);
        return (FaultException) failure;
    }

    Future<Session> tryLogin(String user, String password, String address) {
        return bus.ask(Auth.LOGIN, new Login(new Proof.Password(user, password), address, "console"));
    }

    Session login(String user, String password) throws Exception {
        return done(tryLogin(user, password, HOME));
    }

    Future<Session> tryToken(String token) {
        return bus.ask(Auth.LOGIN, new Login(new Proof.Token(token), HOME, "web"));
    }

    Principal admin() throws Exception {
        return login(FirstStart.ADMIN, PASSWORD).principal();
    }

    /** Adds an account whose password is {@link #PASSWORD}, with the usual rights or these. */
    void add(String name, String... rules) throws Exception {
        done(bus.ask(Auth.ADD_USER, new Auth.AddUser(admin(), name, Optional.of(PASSWORD), false, List.of(rules))));
    }

    Future<Principal> current(Principal who) {
        return bus.ask(Auth.CURRENT, who);
    }

    int countSessions() throws Exception {
        int count = done(database.read(handle -> handle.createQuery("SELECT count(*) FROM session")
                .mapTo(Integer.class)
                .one()));
        return count;
    }
}
