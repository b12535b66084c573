package dev.wherry.metrics;

import static dev.wherry.metrics.Samples.done;
import static dev.wherry.metrics.Samples.failed;
import static dev.wherry.metrics.Samples.upload;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wherry.clock.SteppedClock;
import dev.wherry.database.Database;
import dev.wherry.database.SqliteDatabase;
import dev.wherry.metrics.Metrics.HistoryQuery;
import dev.wherry.path.VirtualPath;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
final class HistoryTest {
    private static final Instant NOW = SteppedClock.START;
    private static final Duration KEEP = Duration.ofDays(30);

    @TempDir
    private Path folder;

    private SqliteDatabase database;
    private History history;

    @BeforeEach
    void open(Vertx vertx) {
        database = SqliteDatabase.open(vertx, folder.resolve("wherry.db"));
        history = new History(database, KEEP, Future::succeededFuture);
    }

    @AfterEach
    void close() throws Exception {
        await(database.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, SECONDS);
    }

    private void keep(int rows) throws Exception {
        var written = new ArrayList<Future<Void>>();
        for (int i = 1; i <= rows; i++) {
            written.add(
                    history.keep(done(upload("u" + i, i * 100L), i * 100L, Duration.ofMillis(i)), NOW.plusSeconds(i)));
        }
        await(Future.all(written));
    }

    private int change(String sql) throws Exception {
        return await(database.write(handle -> handle.execute(sql)));
    }

    private List<HistoryEntry> find(Optional<Instant> since, int limit) throws Exception {
        return await(history.find(new HistoryQuery(since, limit)));
    }

    @Test
    void whatIsKeptIsFoundAsItWas() throws Exception {
        await(history.keep(done(upload("été", 5_000), 5_000, Duration.ofMillis(1_500)), NOW));
        await(history.keep(failed(upload("b", 10), 3, "stopped"), NOW.plusSeconds(1)));

        assertThat(find(Optional.empty(), 10))
                .extracting(HistoryEntry::seq, HistoryEntry::outcome)
                .containsExactly(tuple(2L, "stopped"), tuple(1L, "done"));
        var first = find(Optional.empty(), 10).getLast();
        assertThat(first.path()).isEqualTo("/pictures/été");
        assertThat(first.size()).hasValue(5_000);
        assertThat(first.bytes()).isEqualTo(5_000);
        assertThat(first.started()).isEqualTo(NOW.minusMillis(1_500));
        assertThat(first.finished()).isEqualTo(NOW);
        assertThat(first.took()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(first.sha256()).hasValue(Samples.DIGEST.hex());
        assertThat(first.direction()).isEqualTo("upload");
    }

    @Test
    void aQueryIsBoundByItsTimeAndItsLimit() throws Exception {
        keep(10);

        assertThat(find(Optional.of(NOW.plusSeconds(8)), 100)).hasSize(3);
        assertThat(find(Optional.empty(), 4)).extracting(HistoryEntry::seq).containsExactly(10L, 9L, 8L, 7L);
        assertThat(find(Optional.empty(), -1)).isEmpty();
        assertThat(find(Optional.empty(), Integer.MAX_VALUE)).hasSize(10);
    }

    @Test
    void aQueryIsBoundByItsEndItsAccountAndItsPath() throws Exception {
        keep(3);
        change("update history set path = '/pictures' where seq = 2");
        change("update history set path = '/picturesque/u3', account = 'bob' where seq = 3");

        assertThat(seqs(Optional.of(NOW.plusSeconds(2)), Optional.empty(), Optional.empty()))
                .as("one that ended at just that time is not before it")
                .containsExactly(1L);
        assertThat(seqs(Optional.empty(), Optional.of("bob"), Optional.empty())).containsExactly(3L);
        assertThat(seqs(Optional.empty(), Optional.empty(), Optional.of("/pictures")))
                .containsExactly(2L, 1L);
        assertThat(seqs(Optional.empty(), Optional.empty(), Optional.of("/"))).containsExactly(3L, 2L, 1L);
        assertThat(seqs(Optional.empty(), Optional.of("bob"), Optional.of("/pictures")))
                .isEmpty();
    }

    @Test
    void whoReachesOnlySomePathsFindsTheNewestOfThose() throws Exception {
        keep(5);
        change("update history set path = '/hidden' where seq > 3");
        var query = new HistoryQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(path -> !path.equals(VirtualPath.parse("/hidden"))),
                2);
        assertThat(await(history.find(query)))
                .extracting(HistoryEntry::seq)
                .as("what is left out takes no place of what is told")
                .containsExactly(3L, 2L);
    }

    private List<Long> seqs(Optional<Instant> until, Optional<String> account, Optional<String> path) throws Exception {
        var query =
                new HistoryQuery(Optional.empty(), until, account, path.map(VirtualPath::parse), Optional.empty(), 100);
        return await(history.find(query)).stream().map(HistoryEntry::seq).toList();
    }

    @Test
    void whatWasKeptBeforeItWasAskedIsFound() throws Exception {
        for (int i = 1; i <= 50; i++) {
            history.keep(done(upload("u" + i, i), i, Duration.ofMillis(i)), NOW.plusSeconds(i));
            assertThat(find(Optional.empty(), 100)).hasSize(i);
        }
    }

    @Test
    void noAnswerIsLongerThanTheLimitOfAll() throws Exception {
        keep(1);
        int more = History.MAX_LIMIT + 5;
        change("""
                with recursive n(i) as (select 2 union all select i + 1 from n where i < %d)
                insert into history select i, transfer, direction, account, address, door, path, size, resumed_at,
                    bytes, started, finished, took_nanos, sha256, outcome, hash from history, n where seq = 1
                """.formatted(more));

        assertThat(find(Optional.empty(), Integer.MAX_VALUE)).hasSize(History.MAX_LIMIT);
    }

    @Test
    void anUntouchedChainVerifies() throws Exception {
        assertThat(await(history.verify())).isEmpty();
        keep(50);
        assertThat(await(history.verify())).isEmpty();
    }

    @Test
    void aTamperedRowIsFound() throws Exception {
        keep(5);
        for (var column : List.of(
                "transfer = 'x'",
                "direction = 'download'",
                "account = 'bob'",
                "address = 'x'",
                "door = 'web'",
                "path = '/x'",
                "size = null",
                "resumed_at = 1",
                "bytes = bytes + 1",
                "started = started + 1",
                "finished = finished + 1",
                "took_nanos = 1",
                "sha256 = null",
                "outcome = 'busy'",
                "hash = '" + HistoryChain.ORIGIN + "'")) {
            change("create table saved as select * from history");
            assertThat(change("update history set " + column + " where seq = 3"))
                    .isEqualTo(1);

            assertThat(await(history.verify())).as(column).hasValue("row 3 is not as it was written");

            change("delete from history");
            change("insert into history select * from saved");
            change("drop table saved");
            assertThat(await(history.verify())).isEmpty();
        }
    }

    @Test
    void aRowTakenOutIsFoundWhereverItWas() throws Exception {
        keep(5);
        for (int seq : new int[] {1, 3, 5}) {
            change("create table saved as select * from history");
            change("delete from history where seq = " + seq);

            assertThat(await(history.verify())).as("row " + seq).isPresent();

            change("insert into history select * from saved where seq = " + seq);
            change("drop table saved");
        }
        assertThat(await(history.verify())).isEmpty();
    }

    @Test
    void twoFieldsCannotTradeTheirCharacters() {
        var one = entry("alice", "192.0.2.7");
        var other = entry("alice1", "92.0.2.7");

        assertThat(HistoryChain.hash(HistoryChain.ORIGIN, one))
                .isNotEqualTo(HistoryChain.hash(HistoryChain.ORIGIN, other));
    }

    /** Pins the recipe that the documentation gives: a change of it would break every chain that exists. */
    @Test
    void theHashIsTheDocumentedOne() {
        assertThat(HistoryChain.hash(HistoryChain.ORIGIN, entry("alice", "192.0.2.7")))
                .isEqualTo("481586aa351277f4b3338507a66fbd1032f36722edc530f5356c2f1f750d2911");
    }

    private static HistoryEntry entry(String account, String address) {
        return new HistoryEntry(
                1,
                "u1",
                "upload",
                account,
                address,
                "console",
                "/été.jpg",
                OptionalLong.of(5_000),
                0,
                5_000,
                NOW.minusSeconds(1),
                NOW,
                Duration.ofSeconds(1),
                Optional.of(Samples.DIGEST.hex()),
                "done");
    }

    @Test
    void whatIsOlderThanKeptGoesAndTheChainStillVerifies() throws Exception {
        keep(10);

        assertThat(await(history.prune(NOW.plus(KEEP).plusSeconds(4)))).isEqualTo(3);
        assertThat(find(Optional.empty(), 100))
                .extracting(HistoryEntry::seq)
                .last()
                .isEqualTo(4L);
        assertThat(await(history.verify())).isEmpty();
        assertThat(await(history.prune(NOW.plus(KEEP).plusSeconds(4)))).isZero();

        assertThat(await(history.prune(NOW.plus(KEEP).plusSeconds(1_000)))).isEqualTo(7);
        assertThat(await(history.verify())).isEmpty();
        keep(2);
        assertThat(find(Optional.empty(), 100)).extracting(HistoryEntry::seq).containsExactly(12L, 11L);
        assertThat(await(history.verify())).isEmpty();
    }

    @Test
    void moreThanOneBatchIsLetGo() throws Exception {
        keep(1);
        int rows = HistoryTable.PRUNED_AT_ONCE + 10;
        change("""
                with recursive n(i) as (select 2 union all select i + 1 from n where i < %d)
                insert into history select i, transfer, direction, account, address, door, path, size, resumed_at,
                    bytes, started, finished, took_nanos, sha256, outcome, hash from history, n where seq = 1
                """.formatted(rows));
        change("update history_chain set head_seq = " + rows);

        assertThat(await(history.prune(NOW.plus(KEEP).plusSeconds(1_000)))).isEqualTo(rows);
        assertThat(find(Optional.empty(), 10)).isEmpty();
    }

    @Test
    void aDatabaseThatHangsHoldsNoMoreThanTheLimit() {
        var asked = new AtomicInteger();
        var hanging =
                new History(new StubDatabase(asked, Promise.<Object>promise().future()), KEEP, Future::succeededFuture);
        for (int i = 0; i < History.MAX_WAITING + 10; i++) {
            hanging.keep(done(upload("u", 1), 1, Duration.ofMillis(1)), NOW);
        }

        assertThat(asked).as("one write is under way, for whatever waits").hasValue(1);
        assertThat(hanging.waiting()).isEqualTo(History.MAX_WAITING);
    }

    @Test
    void whatComesDuringAPauseIsWrittenAtItsEnd() throws Exception {
        var pause = Promise.<Void>promise();
        var resting = new History(database, KEEP, pause::future);
        await(resting.keep(done(upload("u1", 1), 1, Duration.ofMillis(1)), NOW));

        var second = resting.keep(done(upload("u2", 2), 2, Duration.ofMillis(1)), NOW);
        var third = resting.keep(done(upload("u3", 3), 3, Duration.ofMillis(1)), NOW);
        assertThat(await(database.<Long>read(HistoryTest::rows))).isEqualTo(1);
        assertThat(second.isComplete()).isFalse();

        pause.complete();
        await(Future.all(second, third));
        assertThat(await(database.<Long>read(HistoryTest::rows))).isEqualTo(3);
    }

    @Test
    void whoAsksWaitsForNoPause() throws Exception {
        var resting = new History(database, KEEP, () -> Promise.<Void>promise().future());
        for (int i = 1; i <= 3; i++) {
            resting.keep(done(upload("u" + i, i), i, Duration.ofMillis(1)), NOW);
            assertThat(await(resting.find(new HistoryQuery(Optional.empty(), 100))))
                    .hasSize(i);
        }
        resting.keep(done(upload("under way", 1), 1, Duration.ofMillis(1)), NOW);
        resting.keep(done(upload("behind it", 1), 1, Duration.ofMillis(1)), NOW);
        await(resting.flush());
        assertThat(resting.waiting()).isZero();
        assertThat(await(database.<Long>read(HistoryTest::rows))).isEqualTo(5);
    }

    private static long rows(Handle handle) {
        return handle.createQuery("select count(*) from history")
                .mapTo(Long.class)
                .one();
    }

    /** A database that hangs or fails; it says how often it was asked. */
    record StubDatabase(AtomicInteger asked, Future<Object> answer) implements Database {
        @Override
        @SuppressWarnings("unchecked") // it never answers with a value
        public <T> Future<T> read(Work<T> work) {
            return (Future<T>) answer;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> Future<T> write(Work<T> work) {
            asked.incrementAndGet();
            return (Future<T>) answer;
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }
}
