package dev.wherry.metrics;

import static dev.wherry.metrics.Samples.done;
import static dev.wherry.metrics.Samples.download;
import static dev.wherry.metrics.Samples.failed;
import static dev.wherry.metrics.Samples.progress;
import static dev.wherry.metrics.Samples.request;
import static dev.wherry.metrics.Samples.started;
import static dev.wherry.metrics.Samples.upload;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.wherry.auth.AuthEvent;
import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.clock.SteppedClock;
import dev.wherry.config.Config;
import dev.wherry.database.Database;
import dev.wherry.database.SqliteDatabase;
import dev.wherry.metrics.Metrics.HistoryQuery;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.TreeEvent;
import dev.wherry.storage.Whence;
import dev.wherry.transfer.TransferEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The whole of it, on a real bus and a real database. */
@ExtendWith(VertxExtension.class)
final class MetricsVerticleTest {
    private static final Config.History KEPT = new Config.History(Duration.ofDays(365));

    private static final Optional<Whence> FROM = Optional.of(new Whence("192.0.2.7", "console"));

    @TempDir
    private Path folder;

    private final SteppedClock clock = new SteppedClock();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private Vertx vertx;
    private Bus bus;
    private PublishedEvents published;
    private SqliteDatabase database;

    @BeforeEach
    void open(Vertx vertx) {
        this.vertx = vertx;
        clock.pass(Duration.ofNanos(123_456)); // real clocks are finer than what is published
        bus = new Bus(vertx);
        published = PublishedEvents.on(bus);
        database = SqliteDatabase.open(vertx, folder.resolve("wherry.db"));
    }

    @AfterEach
    void close() throws Exception {
        answer(database.close());
        published.assertAllAsDescribed();
    }

    private static <T> T answer(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, SECONDS);
    }

    private static Config.Log log(String format, boolean requests) {
        return new Config.Log(format, Duration.ofMillis(200), requests);
    }

    private ConsoleLog deploy(Database database, Config.Log log, boolean isTerminal) throws Exception {
        var out = new PrintStream(screen, false, StandardCharsets.UTF_8);
        var console = new ConsoleLog(log, clock, out, out, isTerminal, Paint.PLAIN);
        answer(vertx.deployVerticle(new MetricsVerticle(bus, database, KEPT, log, console, clock)));
        return console;
    }

    private void tell(Event... events) {
        for (var event : events) {
            bus.tell(Event.HAPPENED, event);
        }
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    private List<HistoryEntry> history() throws Exception {
        return answer(bus.ask(Metrics.HISTORY, new HistoryQuery(Optional.empty(), 100)));
    }

    @Test
    void everyEventThereIsIsTried() {
        Stream<Class<?>> told = everything().stream().map(Object::getClass);
        assertThat(told)
                .contains(AuthEvent.class.getPermittedSubclasses())
                .contains(TransferEvent.class.getPermittedSubclasses())
                .contains(ServerEvent.class.getPermittedSubclasses())
                .contains(TreeEvent.class.getPermittedSubclasses())
                .contains(ConnectionEvent.class, RequestAnswered.class, DiskSpace.class);
    }

    /** Every event there is. */
    private static List<Event> everything() {
        var up = upload("a", 1_000);
        var down = download("b", 2_000);
        return List.of(
                new ServerEvent.Started("0.1.0"),
                new ConnectionEvent(true, "console", "192.0.2.7"),
                request("login", "done", Duration.ofMillis(90)),
                new AuthEvent.LoginSucceeded("alice", "192.0.2.7", "console"),
                new AuthEvent.LoginFailed("", "192.0.2.7", "web", "wrong-login"),
                new AuthEvent.PasswordChanged("alice", "alice"),
                new AuthEvent.AccountAdded("bob", false, "alice"),
                new AuthEvent.AccountRemoved("bob", "alice"),
                new AuthEvent.RightsChanged("bob", "alice"),
                new AuthEvent.TokenCreated("alice", "backup"),
                new AuthEvent.TokenRevoked("alice", "backup"),
                new AuthEvent.LoggedOut("alice", 2, "logged-out"),
                new TreeEvent.FolderMade("alice", VirtualPath.parse("/a"), FROM),
                new TreeEvent.Moved("alice", VirtualPath.parse("/a"), VirtualPath.parse("/b"), FROM),
                new TreeEvent.FolderRemoved("alice", VirtualPath.parse("/b"), true, FROM),
                new TreeEvent.Deleted("alice", VirtualPath.parse("/c"), Optional.empty()),
                new DiskSpace(1_000, 2_000),
                started(up),
                progress(up, 500, 0),
                done(up, 1_000, Duration.ofSeconds(1)),
                started(down),
                new TransferEvent.FirstByte(down, Duration.ofMillis(3)),
                failed(down, 30, "stopped"),
                request("list", "not-found", Duration.ofMillis(2)),
                new ConnectionEvent(false, "console", "192.0.2.7"),
                new ServerEvent.Stopping("SIGTERM"),
                new ServerEvent.Stopped());
    }

    @Test
    void everyEventIsPublishedAsDescribedButThoseThatAreTooMany() throws Exception {
        deploy(database, log("text", false), false);

        everything().forEach(this::tell);

        await().until(() -> !published.events("server-stopped").isEmpty());
        assertThat(published.events())
                .extracting(json -> json.getString("event"))
                .containsExactly(
                        "server-started",
                        "connection-opened",
                        "login-succeeded",
                        "login-failed",
                        "password-changed",
                        "account-added",
                        "account-removed",
                        "rights-changed",
                        "token-created",
                        "token-revoked",
                        "logged-out",
                        "folder-made",
                        "entry-moved",
                        "folder-removed",
                        "file-deleted",
                        "transfer-started",
                        "transfer-finished",
                        "transfer-started",
                        "transfer-finished",
                        "connection-closed",
                        "server-stopping",
                        "server-stopped");
    }

    @Test
    void aSnapshotIsPublishedEachSecond() throws Exception {
        deploy(database, log("text", false), false);
        tell(started(upload("a", 1_000)), progress(upload("a", 1_000), 500, 200));

        await().until(() -> published.snapshots().stream().anyMatch(json -> json.getInteger("running") == 1));
        var running = published.snapshots().getLast().getJsonArray("transfers").getJsonObject(0);
        assertThat(running.getLong("bytes")).isEqualTo(500);
        assertThat(running.getLong("durable")).isEqualTo(200);
    }

    @Test
    void whatRunsIsToldToWhoAsksForAllOrForTheirs() throws Exception {
        deploy(database, log("text", false), false);
        tell(started(upload("a", 1_000)), progress(upload("a", 1_000), 500, 200));

        await().until(() -> answer(bus.ask(Metrics.RUNNING, new Metrics.RunningQuery(Audience.EVERYBODY)))
                        .size()
                == 1);
        var mine = answer(bus.ask(Metrics.RUNNING, new Metrics.RunningQuery(of("alice"))));
        assertThat(mine).hasSize(1);
        assertThat(mine.getFirst().getLong("bytes")).isEqualTo(500);
        assertThat(mine.getFirst().getLong("durable")).isEqualTo(200);
        assertThat(answer(bus.ask(Metrics.RUNNING, new Metrics.RunningQuery(of("bob")))))
                .isEmpty();
    }

    private static Audience of(String account) {
        return new Audience(Optional.of(account), Optional.empty());
    }

    @Test
    void theStatisticsAreTheSnapshotWithoutWhatRuns() throws Exception {
        deploy(database, log("text", false), false);
        everything().forEach(this::tell);
        await().until(() -> !published.events("server-stopped").isEmpty());

        var stats = answer(bus.ask(Metrics.STATS, new Metrics.StatsQuery()));

        assertThat(stats.getJsonObject("uploads").getJsonObject("seconds").getInteger("count"))
                .isEqualTo(1);
        assertThat(stats.containsKey("transfers")).isFalse();
        assertThat(stats.getJsonObject("disk")).isEqualTo(new DiskSpace(1_000, 2_000).facts());
        assertThat(PublishedEvents.mistake(stats.put("transfers", new JsonArray())))
                .isEmpty();
    }

    @Test
    void aFinishedTransferIsALineAndHistory() throws Exception {
        deploy(database, log("text", false), false);

        everything().forEach(this::tell);

        await().until(() -> shown().contains("stopped\n"));
        assertThat(shown().lines().filter(line -> !line.contains("  last ")))
                .hasSize(15)
                .noneMatch(line -> line.contains("login succeeded") || line.contains("logged out"))
                .anyMatch(line -> line.endsWith("login failed: address 192.0.2.7, door web, reason wrong-login"))
                .anyMatch(line -> line.contains("upload    alice") && line.contains(Samples.DIGEST.hex()))
                .anyMatch(line -> line.contains("  download  ") && line.endsWith("  stopped"));
        await().until(() -> history().size() == 2);
        assertThat(answer(new History(database, KEPT.keep(), Future::succeededFuture).verify()))
                .isEmpty();
    }

    /** Rows may wait a moment for each other, and none is left behind by a stop. */
    @Test
    void aStopWritesTheHistoryToItsEnd() throws Exception {
        deploy(database, log("text", false), false);
        for (int i = 0; i < 20; i++) {
            tell(done(upload("a" + i, 10), 10, Duration.ofMillis(1)));
        }
        await().until(() -> shown().contains("/pictures/a19"));

        for (var verticle : vertx.deploymentIDs()) {
            answer(vertx.undeploy(verticle));
        }
        assertThat(answer(database.<List<Long>>read(handle -> handle.createQuery("select seq from history")
                        .mapTo(Long.class)
                        .list())))
                .hasSize(20);
    }

    @Test
    void requestsAreLinesWhereAskedFor() throws Exception {
        deploy(database, log("json", true), false);

        everything().forEach(this::tell);

        await().until(() -> shown().contains("server-stopped"));
        assertThat(shown().lines()
                        .map(JsonObject::new)
                        .filter(json -> json.getString("event").equals("request-answered")))
                .hasSize(2);
    }

    @Test
    void aSummaryIsSaidWhileAnythingRanAndThenNoMore() throws Exception {
        var console = deploy(database, log("json", false), false);
        tell(request("list", "done", Duration.ofMillis(2)));
        await().until(() -> shown().contains("\"event\":\"summary\""));

        screen.reset();
        int snapshots = published.snapshots().size();
        await().until(() -> published.snapshots().size() > snapshots); // time for five more summaries
        console.close();
        assertThat(shown()).isEmpty();
    }

    @Test
    void onATerminalALiveLineShowsWhatRuns() throws Exception {
        var console = deploy(database, log("text", false), true);
        tell(started(upload("a.jpg", 1_000)), progress(upload("a.jpg", 1_000), 250, 0));
        await().until(() -> shown().contains("1 running  up 0.00 MB/s  down 0.00 MB/s  alice a.jpg 25 %"));

        tell(done(upload("a.jpg", 1_000), 1_000, Duration.ofSeconds(1)));
        await().until(() -> shown().contains(Samples.DIGEST.hex()));
        console.close();
        // Whatever line comes next, the live line is gone before it.
        assertThat(shown()).contains("\r\u001b[2K2026-07-01 12:00:00  ").doesNotContain("left\u001b[?7h2026");
    }

    @Test
    void aFailingDatabaseLosesNoLineAndIsSaidOnce() throws Exception {
        var errors = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger(History.class);
        errors.start();
        logger.addAppender(errors);
        var asked = new AtomicInteger();
        var broken = new HistoryTest.StubDatabase(asked, Future.failedFuture(new IllegalStateException("disk I/O")));
        deploy(broken, log("text", false), false);

        for (int i = 0; i < 20; i++) {
            tell(done(upload("a" + i, 10), 10, Duration.ofMillis(1)));
        }

        await().until(() -> shown().contains("/pictures/a19"));
        await().until(() -> published.events("transfer-finished").size() == 20);
        await().until(() -> asked.get() >= 2);
        assertThat(errors.list).hasSize(1);
        logger.detachAppender(errors);
    }
}
