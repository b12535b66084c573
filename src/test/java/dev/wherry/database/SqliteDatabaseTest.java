package dev.wherry.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;

@ExtendWith(VertxExtension.class)
final class SqliteDatabaseTest {
    private static final String ONE = "db/test/one";

    @TempDir
    private Path folder;

    private Vertx vertx;
    private SqliteDatabase database;

    @BeforeEach
    void open(Vertx vertx) {
        this.vertx = vertx;
        database = SqliteDatabase.open(vertx, file(), ONE);
    }

    @AfterEach
    void close() throws Exception {
        done(database.close());
    }

    private Path file() {
        return folder.resolve("wherry.db");
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, SECONDS);
    }

    private static Throwable failure(Future<?> future) throws Exception {
        return done(future.<Throwable>map(value -> new AssertionError("did not fail: " + value))
                .otherwise(thrown -> thrown));
    }

    private Future<Integer> addBoat(String name) {
        return database.write(handle -> handle.execute("INSERT INTO boat (name) VALUES (?)", name));
    }

    private static int countBoats(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM boat")
                .mapTo(Integer.class)
                .one();
    }

    @Test
    void whatWasWrittenSurvivesReopening() throws Exception {
        done(addBoat("Arke"));
        done(database.close());

        database = SqliteDatabase.open(vertx, file(), ONE);

        assertThat(done(database.read(SqliteDatabaseTest::countBoats))).isEqualTo(1);
    }

    @Test
    void whatWaitsSharesOneTransactionAndWorkThatThrowsIsUndoneAlone() throws Exception {
        var commits = countCommits();
        var gate = new CountDownLatch(1);
        var held = hold(gate);
        var writes = new ArrayList<Future<?>>();
        for (int i = 0; i < 100; i++) {
            writes.add(addBoat("boat " + i));
        }
        var spoiled = database.write(handle -> {
            handle.execute("INSERT INTO boat (name) VALUES ('ghost')");
            throw new IllegalStateException("changed my mind");
        });
        var twice = addBoat("boat 7");
        var after = addBoat("last");
        int before = commits.get();
        gate.countDown();

        done(held);
        done(Future.all(writes));
        done(after);
        assertThat(failure(spoiled)).isInstanceOf(IllegalStateException.class).hasMessage("changed my mind");
        assertThat(failure(twice)).hasMessageContaining("UNIQUE");
        assertThat(done(database.read(SqliteDatabaseTest::countBoats))).isEqualTo(101);
        assertThat(commits.get() - before)
                .as("commits: of the one held, and of all others")
                .isEqualTo(2);
    }

    @Test
    void writesThatDoNotWaitForEachOtherCommitApart() throws Exception {
        var commits = countCommits();
        int before = commits.get();

        for (int i = 0; i < 5; i++) {
            done(addBoat("boat " + i));
        }

        assertThat(commits.get() - before).as("the control of the count above").isEqualTo(5);
    }

    private AtomicInteger countCommits() throws Exception {
        var commits = new AtomicInteger();
        done(database.write(handle -> {
            handle.getConnection().unwrap(SQLiteConnection.class).addCommitListener(new SQLiteCommitListener() {
                @Override
                public void onCommit() {
                    commits.incrementAndGet();
                }

                @Override
                public void onRollback() {}
            });
            return true;
        }));
        return commits;
    }

    @Test
    void aTransactionThatFailsFailsEveryoneInItAndTheNextOneWorks() throws Exception {
        var gate = new CountDownLatch(1);
        var held = hold(gate);
        var good = addBoat("Arke");
        var breaking = database.write(handle -> handle.execute("ROLLBACK"));
        gate.countDown();

        done(held);
        assertThat(failure(breaking))
                .isInstanceOfSatisfying(
                        FaultException.class, fault -> assertThat(fault.fault()).isEqualTo(Fault.DISK_FAILED));
        assertThat(failure(good)).isInstanceOf(FaultException.class);
        assertThat(done(database.read(SqliteDatabaseTest::countBoats))).isZero();
        assertThat(done(addBoat("Baltia"))).isEqualTo(1);
    }

    @Test
    void outcomesArriveOnTheContextOfTheCaller() throws Exception {
        var context = vertx.getOrCreateContext();
        var seen = Promise.<Context>promise();
        context.runOnContext(ignored -> addBoat("Arke")
                .compose(added -> database.read(SqliteDatabaseTest::countBoats))
                .onComplete(count -> seen.complete(Vertx.currentContext())));

        assertThat(done(seen.future())).isSameAs(context);
    }

    @Test
    void readersCannotWrite() throws Exception {
        assertThat(failure(database.read(handle -> handle.execute("INSERT INTO boat (name) VALUES ('ghost')"))))
                .hasMessageContaining("readonly");
    }

    @Test
    void readersReadWhileTheWriterIsBusy() throws Exception {
        done(addBoat("Arke"));
        var gate = new CountDownLatch(1);
        var held = database.write(handle -> {
            handle.execute("INSERT INTO boat (name) VALUES ('half')");
            return gate.await(30, SECONDS);
        });

        assertThat(done(database.read(SqliteDatabaseTest::countBoats))).isEqualTo(1);
        gate.countDown();
        done(held);
    }

    @Test
    void connectionsAreSetAsPromised() throws Exception {
        Database.Work<String> settings = handle -> String.join(
                " ",
                pragma(handle, "journal_mode"),
                pragma(handle, "synchronous"),
                pragma(handle, "foreign_keys"),
                pragma(handle, "trusted_schema"),
                pragma(handle, "busy_timeout"));

        assertThat(done(database.write(settings))).isEqualTo("wal 2 1 0 10000");
        assertThat(done(database.read(settings))).isEqualTo("wal 2 1 0 10000");
    }

    /** Keeps the writer busy, so that what comes after waits. */
    private Future<Boolean> hold(CountDownLatch gate) throws InterruptedException {
        var begun = new CountDownLatch(1);
        var held = database.write(handle -> {
            begun.countDown();
            return gate.await(30, SECONDS);
        });
        assertThat(begun.await(30, SECONDS)).isTrue();
        return held;
    }

    private static String pragma(Handle handle, String name) {
        return handle.createQuery("PRAGMA " + name).mapTo(String.class).one();
    }

    @Test
    void closingFinishesWhatWaitsAndThenTakesNothing() throws Exception {
        var gate = new CountDownLatch(1);
        var held = hold(gate);
        var waiting = addBoat("Arke");
        var closed = database.close();
        var late = addBoat("Baltia");
        gate.countDown();

        done(held);
        done(waiting);
        done(closed);
        assertThat(failure(late)).hasMessageContaining("stopping");
        assertThat(failure(database.read(SqliteDatabaseTest::countBoats))).hasMessageContaining("stopping");
        assertThat(folder.resolve("wherry.db-wal")).doesNotExist();
    }

    @Test
    void filesBelongToTheirOwnerOnly() throws Exception {
        done(addBoat("Arke"));

        try (var files = Files.list(folder)) {
            assertThat(files.filter(Files::isRegularFile).toList())
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void aDatabaseThatOthersCanReadIsRefused() throws Exception {
        done(database.close());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> SqliteDatabase.open(vertx, file(), ONE))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("chmod 600 '" + file() + "'");
    }

    @Test
    void aDatabaseOfANewerVersionIsRefusedByName() throws Exception {
        done(database.write(handle -> handle.execute("INSERT INTO flyway_schema_history"
                + " (installed_rank, version, description, type, script, installed_by, execution_time, success)"
                + " VALUES (99, '12', 'sails', 'SQL', 'V12__sails.sql', 'Wherry 9.1.0', 1, 1)")));
        done(database.close());

        assertThatThrownBy(() -> SqliteDatabase.open(vertx, file(), ONE))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("newer version of Wherry (Wherry 9.1.0, schema 12)");
    }

    @Test
    void anOlderDatabaseIsBackedUpAndThenMigrated() throws Exception {
        done(addBoat("Arke"));
        done(database.close());

        database = SqliteDatabase.open(vertx, file(), "db/test/two");

        done(database.write(handle -> handle.execute("UPDATE boat SET length = 12")));
        var backup = folder.resolve("wherry.db.schema-1.backup");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        var old = SqliteDatabase.open(vertx, backup, ONE);
        assertThat(done(old.read(SqliteDatabaseTest::countBoats))).isEqualTo(1);
        done(old.close());
    }

    @Test
    void aMigrationThatFailsSaysWhereTheBackupLiesAndLeavesTheOldSchema() throws Exception {
        done(addBoat("Arke"));
        done(database.close());

        assertThatThrownBy(() -> SqliteDatabase.open(vertx, file(), "db/test/broken"))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("wherry.db.schema-1.backup");

        database = SqliteDatabase.open(vertx, file(), ONE);
        assertThat(done(database.read(SqliteDatabaseTest::countBoats))).isEqualTo(1);
    }

    @Test
    void aDamagedDatabaseIsRefused() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            var name = "a boat with a rather long name " + i;
            addBoat(name);
        }
        done(addBoat("Arke"));
        done(database.close());
        var bytes = Files.readAllBytes(file());
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 8_192, (byte) 0x5A);
        Files.write(file(), bytes);

        assertThatThrownBy(() -> SqliteDatabase.open(vertx, file(), ONE))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("restore a backup");
    }

    @Test
    void somethingElseThanADatabaseIsRefused() throws Exception {
        var other = folder.resolve("other.db");
        Files.writeString(other, "Dear diary, today I was mistaken for a database. ".repeat(200));
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> SqliteDatabase.open(vertx, other, ONE))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("not a database");
    }

    @Test
    void aLibraryThatIsTooOldIsRefused() {
        assertThatThrownBy(() -> SqliteFile.requireLibrary("3.51.2")).hasMessageContaining("3.51.3");
        assertThatThrownBy(() -> SqliteFile.requireLibrary("3.9")).hasMessageContaining("3.51.3");
        SqliteFile.requireLibrary("3.51.3");
        SqliteFile.requireLibrary("3.100.0");
        SqliteFile.requireLibrary("4.0.0");
    }

    @Test
    void oneThingIsDoneWithoutAServer() throws Exception {
        var alone = folder.resolve("alone.db");

        SqliteDatabase.once(
                alone,
                handle -> handle.execute("INSERT INTO login_failure (subject, score, last_at) VALUES ('x', 1, 2)"));

        int count = SqliteDatabase.once(
                alone,
                handle -> handle.createQuery("SELECT count(*) FROM login_failure")
                        .mapTo(Integer.class)
                        .one());
        assertThat(count).isEqualTo(1);
    }
}
