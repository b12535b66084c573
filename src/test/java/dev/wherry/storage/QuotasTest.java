package dev.wherry.storage;

import static dev.wherry.storage.StorageFixture.done;
import static dev.wherry.storage.StorageFixture.path;
import static dev.wherry.storage.StorageFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.auth.Principal;
import dev.wherry.bus.Event;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.metrics.PublishedEvents;
import dev.wherry.path.Precondition;
import dev.wherry.storage.Storage.Done;
import dev.wherry.storage.Storage.Reservation;
import dev.wherry.storage.StorageRequest.Delete;
import dev.wherry.storage.StorageRequest.Fate;
import dev.wherry.storage.StorageRequest.ListQuotas;
import dev.wherry.storage.StorageRequest.MakeFolder;
import dev.wherry.storage.StorageRequest.Move;
import dev.wherry.storage.StorageRequest.Progress;
import dev.wherry.storage.StorageRequest.Release;
import dev.wherry.storage.StorageRequest.RemoveFolder;
import dev.wherry.storage.StorageRequest.RemoveQuota;
import dev.wherry.storage.StorageRequest.SetQuota;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What folders may hold, and what becomes of it with every change of the tree. */
final class QuotasTest {
    private static final Precondition ABSENT = new Precondition.Absent();
    private static final Precondition ANY = new Precondition.Any();

    @TempDir
    private Path folder;

    private StorageFixture storage;
    private Principal admin;
    private Principal ann;
    private final List<Event> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        storage = new StorageFixture(folder);
        storage.bus.hear(Event.HAPPENED, events::add);
        admin = storage.admin();
        ann = storage.user("ann", "/:list,read,write,delete", "/own:list,read,write,delete,administer");
        for (var name : List.of("/team", "/team/a", "/own")) {
            done(storage.bus.ask(Storage.MAKE_FOLDER, new MakeFolder(admin, path(name))));
        }
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    private Future<QuotaUse> set(Principal who, String path, long bytes) {
        return storage.bus.ask(Storage.SET_QUOTA, new SetQuota(who, path(path), bytes));
    }

    private List<QuotaUse> list(Principal who) {
        return done(storage.bus.ask(Storage.LIST_QUOTAS, new ListQuotas(who)));
    }

    private long used(String path) {
        return list(admin).stream()
                .filter(quota -> quota.path().equals(path(path)))
                .findFirst()
                .orElseThrow()
                .used();
    }

    private Future<Done> delete(String path) {
        return storage.bus.ask(Storage.DELETE, new Delete(ann, path(path)));
    }

    private Future<Done> move(String from, String to, Precondition expected) {
        return storage.bus.ask(Storage.MOVE, new Move(ann, path(from), path(to), expected));
    }

    private void overwrite(String path, String content) {
        var reservation = done(storage.bus.ask(
                Storage.RESERVE, StorageFixture.wish(ann, path, OptionalLong.of(content.length()), ANY)));
        done(storage.commit(ann, reservation, storage.fill(reservation, content)));
    }

    private Reservation openEnded(String path) {
        return done(storage.bus.ask(Storage.RESERVE, StorageFixture.wish(ann, path, OptionalLong.empty(), ABSENT)));
    }

    private Future<Done> progress(Reservation reservation, long durable) {
        return storage.bus.ask(Storage.PROGRESS, new Progress(ann, reservation.upload(), durable));
    }

    private void release(Reservation reservation, long durable, Fate fate) {
        done(storage.bus.ask(Storage.RELEASE, new Release(ann, reservation.upload(), durable, fate)));
    }

    @Test
    void whatIsThereAlreadyCountsAndTheLimitIsExact() {
        storage.put(ann, "/team/a/one", "123");
        storage.put(ann, "/own/x", "12345");

        assertThat(done(set(admin, "/team", 10))).isEqualTo(new QuotaUse(path("/team"), 10, 3));
        storage.put(ann, "/team/two", "1234567");

        var refused = storage.reserve(ann, "/team/a/three", 1);
        refused(Fault.OVER_QUOTA, refused);
        assertThat(FaultException.of(refused.cause()).facts())
                .containsEntry("path", "/team")
                .containsEntry("used", 10L)
                .containsEntry("allowed", 10L)
                .containsEntry("wanted", 1L);
        storage.put(ann, "/team/empty", "");
        storage.put(ann, "/own/y", "not in the team");
    }

    @Test
    void theNearestAndTheWidestBothCount() {
        done(set(admin, "/", 100));
        done(set(admin, "/team/a", 5));

        storage.put(ann, "/team/a/x", "12345");
        refused(Fault.OVER_QUOTA, storage.reserve(ann, "/team/a/y", 1));
        refused(Fault.OVER_QUOTA, storage.reserve(ann, "/team/y", 96));
        storage.put(ann, "/team/y", "x".repeat(95));
        assertThat(list(admin)).containsExactly(new QuotaUse(path("/"), 100, 100), new QuotaUse(path("/team/a"), 5, 5));
    }

    @Test
    void aReplacementCountsForWhatItAdds() {
        done(set(admin, "/team", 10));
        storage.put(ann, "/team/x", "12345678");

        overwrite("/team/x", "1234567890");
        assertThat(used("/team")).isEqualTo(10);
        done(set(admin, "/team", 4));
        overwrite("/team/x", "12345");
        assertThat(used("/team")).as("less is never too much").isEqualTo(5);
        refused(
                Fault.OVER_QUOTA,
                storage.bus.ask(Storage.RESERVE, StorageFixture.wish(ann, "/team/x", OptionalLong.of(6), ANY)));
    }

    @Test
    void whatIsDeletedIsGivenBack() {
        done(set(admin, "/team", 10));
        storage.put(ann, "/team/x", "123");
        storage.put(ann, "/team/a/y", "1234567");

        done(delete("/team/x"));
        assertThat(used("/team")).isEqualTo(7);
        refused(Fault.NOT_FOUND, delete("/team/x"));
        refused(Fault.NOT_EMPTY, storage.bus.ask(Storage.REMOVE_FOLDER, new RemoveFolder(ann, path("/team/a"), false)));
        assertThat(used("/team")).isEqualTo(7);
        done(storage.bus.ask(Storage.REMOVE_FOLDER, new RemoveFolder(ann, path("/team/a"), true)));
        assertThat(used("/team")).isZero();
    }

    @Test
    void aMoveCarriesOverAndMustFit() {
        done(set(admin, "/team", 10));
        done(set(admin, "/team/a", 6));
        done(set(admin, "/own", 5));
        storage.put(ann, "/team/a/x", "123456");

        refused(Fault.OVER_QUOTA, move("/team/a/x", "/own/x", ABSENT));
        assertThat(storage.root.resolve("team/a/x")).exists();
        done(move("/team/a/x", "/team/x", ABSENT));
        assertThat(used("/team")).isEqualTo(6);
        assertThat(used("/team/a")).isZero();
        storage.put(ann, "/own/x", "12");
        done(move("/own/x", "/team/x", ANY));
        assertThat(used("/team")).as("what was replaced is gone").isEqualTo(2);
        assertThat(used("/own")).isZero();
        refused(Fault.NOT_FOUND, move("/own/x", "/team/y", ABSENT));
    }

    @Test
    void aFolderThatIsMovedIsMeasuredForEveryQuotaOnItsWay() {
        storage.put(ann, "/team/a/x", "1234");
        storage.put(ann, "/team/y", "12");
        done(set(admin, "/team", 100));
        done(set(admin, "/team/a", 100));
        done(set(admin, "/own", 6));

        done(move("/team", "/own/team", ABSENT));

        assertThat(used("/own")).isEqualTo(6);
        assertThat(used("/team")).as("quotas stay with their places").isZero();
        assertThat(used("/team/a")).isZero();
    }

    @Test
    void ofTwoUploadsTheOneThatIsWholeFirstFits() {
        done(set(admin, "/team", 10));
        var one = done(storage.reserve(ann, "/team/one", 6));
        var two = done(storage.reserve(ann, "/team/two", 6));

        done(storage.commit(ann, one, storage.fill(one, "123456")));

        refused(Fault.OVER_QUOTA, storage.commit(ann, two, storage.fill(two, "123456")));
        assertThat(storage.root.resolve("team/two")).doesNotExist();
        assertThat(used("/team")).isEqualTo(6);
    }

    @Test
    void whatCameOfAnUnfinishedUploadCountsUntilItIsGone() {
        done(set(admin, "/team", 10));
        var unfinished = openEnded("/team/big");
        done(progress(unfinished, 4));
        assertThat(used("/team")).isEqualTo(4);
        refused(Fault.OVER_QUOTA, storage.reserve(ann, "/team/x", 7));

        release(unfinished, 4, Fate.KEEP);
        refused(Fault.OVER_QUOTA, storage.reserve(ann, "/team/x", 7));
        done(storage.bus.ask(Storage.CANCEL, new StorageRequest.Cancel(ann, unfinished.upload())));

        storage.put(ann, "/team/x", "1234567");
    }

    @Test
    void anUploadOfUnknownSizeIsAskedAgainAsItGrows() {
        done(set(admin, "/team", 10));
        storage.put(ann, "/team/x", "1234567");
        var growing = openEnded("/team/big");

        done(progress(growing, 2));
        refused(Fault.OVER_QUOTA, progress(growing, 3));
        release(growing, 3, Fate.DROP);
        assertThat(used("/team")).isEqualTo(7);
        storage.put(ann, "/team/y", "123");
        refused(
                Fault.OVER_QUOTA,
                storage.bus.ask(Storage.RESERVE, StorageFixture.wish(ann, "/team/z", OptionalLong.empty(), ABSENT)));
    }

    @Test
    void whatOperatorsChangeIsFoundAfterAStart() throws IOException {
        done(set(admin, "/team", 10));
        storage.put(ann, "/team/x", "1234567");
        storage.stop();
        Files.writeString(storage.root.resolve("team/by-hand"), "123");
        Files.delete(storage.root.resolve("team/x"));
        storage.start();

        await().untilAsserted(() -> assertThat(used("/team")).isEqualTo(3));
        long written = done(storage.database.read(handle ->
                handle.createQuery("SELECT used FROM quota").mapTo(Long.class).one()));
        assertThat(written).isEqualTo(3);
        assertThat(list(admin)).containsExactly(new QuotaUse(path("/team"), 10, 3));
    }

    @Test
    void whatIsPublishedWhileANewQuotaIsCountedCounts() {
        storage.put(ann, "/team/x", "123");
        var counting = new Held("list", 2);
        storage.restart(counting);

        var quota = set(admin, "/team", 10);
        counting.awaitReached();
        assertThat(list(admin)).as("those that limit something").isEmpty();
        refused(Fault.NOT_FOUND, storage.bus.ask(Storage.REMOVE_QUOTA, new RemoveQuota(admin, path("/team"))));
        storage.put(ann, "/team/y", "12345");
        counting.letGo();

        done(quota);
        await().untilAsserted(() -> assertThat(used("/team")).isEqualTo(8));
        refused(Fault.OVER_QUOTA, storage.reserve(ann, "/team/z", 3));
        storage.put(ann, "/team/z", "12");
    }

    @Test
    void whatWasBeingPublishedWhenANewQuotaIsCountedCounts() {
        var publishing = new Held("publish", 1);
        storage.restart(publishing);

        var reservation = done(storage.reserve(ann, "/team/x", 5));
        var published = storage.commit(ann, reservation, storage.fill(reservation, "12345"));
        publishing.awaitReached();
        assertThat(done(set(admin, "/team", 10)).used()).isZero();
        publishing.letGo();

        done(published);
        await().untilAsserted(() -> assertThat(used("/team")).isEqualTo(5));
    }

    @Test
    void ofTwoWhoLimitANewFolderAtOnceBothKnowWhatIsThere() {
        storage.put(ann, "/team/x", "123");
        var counting = new Held("list", 1);
        storage.restart(counting);

        var one = set(admin, "/team", 10);
        counting.awaitReached();
        var other = set(admin, "/team", 20);
        assertThat(other.isComplete()).isFalse();
        counting.letGo();

        assertThat(done(one).used()).isEqualTo(3);
        assertThat(done(other)).isEqualTo(new QuotaUse(path("/team"), 20, 3));
    }

    /** Holds up one of the calls of a method, counted from one. */
    private final class Held implements Obstacle {
        private final String method;
        private final AtomicInteger left;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch free = new CountDownLatch(1);

        private Held(String method, int which) {
            this.method = method;
            this.left = new AtomicInteger(which);
        }

        @Override
        public Future<?> around(String call, Supplier<Future<?>> real) {
            if (!call.equals(method) || left.decrementAndGet() != 0) {
                return real.get();
            }
            reached.countDown();
            return storage.vertx
                    .executeBlocking(() -> free.await(1, TimeUnit.MINUTES), false)
                    .compose(freed -> real.get());
        }

        void awaitReached() {
            await().until(() -> reached.getCount() == 0);
        }

        void letGo() {
            free.countDown();
        }
    }

    @Test
    void onlyWhoAdministersAFolderLimitsIt() {
        refused(Fault.DENIED, set(ann, "/team", 10));
        refused(Fault.NOT_FOUND, set(admin, "/team/none", 10));
        storage.put(ann, "/team/file", "1");
        refused(Fault.NOT_FOLDER, set(admin, "/team/file", 10));
        done(set(ann, "/own", 10));
        done(set(admin, "/team", 10));

        assertThat(list(ann)).extracting(QuotaUse::path).containsExactly(path("/own"));
        assertThat(list(admin)).hasSize(2);
        refused(Fault.DENIED, storage.bus.ask(Storage.REMOVE_QUOTA, new RemoveQuota(ann, path("/team"))));
        done(storage.bus.ask(Storage.REMOVE_QUOTA, new RemoveQuota(admin, path("/team"))));
        refused(Fault.NOT_FOUND, storage.bus.ask(Storage.REMOVE_QUOTA, new RemoveQuota(admin, path("/team"))));
        storage.put(ann, "/team/x", "more than ten bytes");

        assertThat(events)
                .contains(
                        new QuotaEvent.QuotaSet(path("/own"), 10, "ann"),
                        new QuotaEvent.QuotaRemoved(path("/team"), "admin"));
        assertThat(events)
                .filteredOn(QuotaEvent.class::isInstance)
                .allSatisfy(event -> assertThat(PublishedEvents.mistake(new JsonObject()
                                .put("event", event.event())
                                .put("at", "2026-07-01T12:00:00Z")
                                .mergeIn(event.facts())))
                        .isEmpty());
    }
}
