package dev.wherry.storage;

import static dev.wherry.storage.StorageFixture.done;
import static dev.wherry.storage.StorageFixture.path;
import static dev.wherry.storage.StorageFixture.refused;
import static dev.wherry.storage.StorageFixture.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wherry.auth.Auth;
import dev.wherry.auth.Principal;
import dev.wherry.bus.Address;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Precondition;
import dev.wherry.storage.Storage.Done;
import dev.wherry.storage.Storage.Reservation;
import dev.wherry.storage.StorageRequest.Close;
import dev.wherry.storage.StorageRequest.Delete;
import dev.wherry.storage.StorageRequest.Fate;
import dev.wherry.storage.StorageRequest.MakeFolder;
import dev.wherry.storage.StorageRequest.Move;
import dev.wherry.storage.StorageRequest.Open;
import dev.wherry.storage.StorageRequest.Release;
import dev.wherry.storage.StorageRequest.RemoveFolder;
import dev.wherry.storage.StorageRequest.Reserve;
import dev.wherry.storage.StorageRequest.Stat;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StorageTest {
    private static final long LARGE = 2 << 20;
    private static final String LARGE_CONTENT = "x".repeat((int) LARGE);

    @TempDir
    private Path folder;

    private StorageFixture storage;

    @BeforeEach
    void start() throws IOException {
        storage = new StorageFixture(folder, "files.maxSize=4MiB", "transfers.maxPerUser=3");
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    @Test
    void whatIsNotGrantedIsDeniedToEveryVerb() {
        var admin = storage.admin();
        storage.put(admin, "/a.txt", "a");
        var nobody = storage.user("nobody", "/:none");
        refused(Fault.DENIED, storage.bus.ask(Storage.STAT, new Stat(nobody, path("/a.txt"))));
        refused(Fault.DENIED, storage.bus.ask(Storage.LIST, new StorageRequest.ListFolder(nobody, path("/"))));
        refused(Fault.DENIED, storage.bus.ask(Storage.OPEN, new Open(nobody, path("/a.txt"))));
        refused(Fault.DENIED, storage.reserve(nobody, "/b.txt", 1));
        refused(Fault.DENIED, storage.bus.ask(Storage.DELETE, new Delete(nobody, path("/a.txt"))));
        refused(Fault.DENIED, storage.bus.ask(Storage.MAKE_FOLDER, new MakeFolder(nobody, path("/f"))));
        refused(Fault.DENIED, storage.bus.ask(Storage.REMOVE_FOLDER, new RemoveFolder(nobody, path("/f"), true)));
        refused(
                Fault.DENIED,
                storage.bus.ask(Storage.MOVE, new Move(nobody, path("/a.txt"), path("/c"), new Precondition.Absent())));
        assertThat(storage.root.resolve("a.txt")).hasContent("a");
    }

    @Test
    void aFolderIsNotRemovedOrMovedWhereARuleInsideForbidsIt() {
        var admin = storage.admin();
        done(storage.bus.ask(Storage.MAKE_FOLDER, new MakeFolder(admin, path("/team/keep"))));
        storage.put(admin, "/team/keep/me", "precious");
        var ann = storage.user("ann", "/:list,read,write,delete", "/team/keep:list,read");
        refused(Fault.DENIED, storage.bus.ask(Storage.REMOVE_FOLDER, new RemoveFolder(ann, path("/team"), true)));
        refused(
                Fault.DENIED,
                storage.bus.ask(Storage.MOVE, new Move(ann, path("/team"), path("/mine"), new Precondition.Absent())));
        assertThat(storage.root.resolve("team/keep/me")).hasContent("precious");
    }

    @Test
    void nothingCanBeReadByMovingItToWhereItMayBeRead() {
        var admin = storage.admin();
        done(storage.bus.ask(Storage.MAKE_FOLDER, new MakeFolder(admin, path("/secret"))));
        storage.put(admin, "/secret/plan", "hidden");
        var ann = storage.user("ann", "/:list,read,write,delete", "/secret:list,delete");
        refused(
                Fault.DENIED,
                storage.bus.ask(
                        Storage.MOVE, new Move(ann, path("/secret/plan"), path("/plan"), new Precondition.Absent())));
    }

    /** It has none: what it is says more than that its version is another. */
    @Test
    void aFolderIsNotDeletedOrMovedForTheSakeOfAVersion() {
        var admin = storage.admin();
        done(storage.bus.ask(Storage.MAKE_FOLDER, new MakeFolder(admin, path("/team"))));
        var version = new Precondition.Version(new Etag("v9"));
        refused(
                Fault.IS_FOLDER,
                storage.bus.ask(Storage.DELETE, new Delete(admin, path("/team"), version, Optional.empty())));
        refused(Fault.CHANGED, storage.bus.ask(Storage.MOVE, new Move(admin, path("/team"), path("/crew"), version)));
        storage.put(admin, "/crew", "a file");
        refused(Fault.EXISTS, storage.bus.ask(Storage.MOVE, new Move(admin, path("/team"), path("/crew"), version)));
        assertThat(storage.root.resolve("team")).isEmptyDirectory();
    }

    /** By reading it they learn as much; {@code get} has to know what it fetches. */
    @Test
    void whoMayReadAFileIsToldWhatItIsAndOfAFolderNothing() {
        var admin = storage.admin();
        done(storage.bus.ask(Storage.MAKE_FOLDER, new MakeFolder(admin, path("/team"))));
        storage.put(admin, "/team/a.txt", "a");
        var reader = storage.user("reader", "/team:read");
        assertThat(done(storage.bus.ask(Storage.STAT, new Stat(reader, path("/team/a.txt"))))
                        .size())
                .isEqualTo(1);
        refused(Fault.NOT_FOUND, storage.bus.ask(Storage.STAT, new Stat(reader, path("/team/b.txt"))));
        refused(Fault.DENIED, storage.bus.ask(Storage.STAT, new Stat(reader, path("/team"))));
        refused(Fault.DENIED, storage.bus.ask(Storage.STAT, new Stat(reader, path("/elsewhere"))));
        refused(Fault.DENIED, storage.bus.ask(Storage.LIST, new StorageRequest.ListFolder(reader, path("/team"))));
    }

    @Test
    void aListDoesNotShowWhatARuleCloses() {
        var admin = storage.admin();
        var secret = storage.put(admin, "/secret.txt", "hidden");
        var open = storage.put(admin, "/open.txt", "seen");
        var ann = storage.user("ann", "/:list,read", "/secret.txt:none");
        var listable = done(storage.bus.ask(Storage.LIST, new StorageRequest.ListFolder(ann, path("/"))));
        assertThat(listable.shows(path("/"), secret)).isFalse();
        assertThat(listable.shows(path("/"), open)).isTrue();
    }

    @Test
    void whoMayNotListIsNotToldWhatIsInTheWay() {
        storage.put(storage.admin(), "/inbox.txt", "hidden");
        var dropper = storage.user("dropper", "/:write");
        assertThat(storage.reserve(dropper, "/inbox.txt", 1)
                        .transform(result -> Future.succeededFuture(
                                FaultException.of(result.cause()).facts().keySet()))
                        .await())
                .containsExactly("path");
    }

    @Test
    void anExistingNameIsRefusedWithWhatIsThere() {
        var admin = storage.admin();
        var entry = storage.put(admin, "/a.txt", "first");
        assertThat(storage.reserve(admin, "/a.txt", 1)
                        .transform(result -> Future.succeededFuture(
                                FaultException.of(result.cause()).facts()))
                        .await())
                .containsEntry("etag", entry.etag().orElseThrow().value())
                .containsEntry("size", 5L)
                .containsEntry("sha256", entry.sha256().orElseThrow().hex());
    }

    @Test
    void anotherVersionThanTheConfirmedIsRefusedBeforeAnyByte() {
        var admin = storage.admin();
        var first = storage.put(admin, "/a.txt", "first");
        var confirmed = new Precondition.Version(first.etag().orElseThrow());
        done(storage.bus.ask(Storage.DELETE, new Delete(admin, path("/a.txt"))));
        var gone = storage.bus.ask(Storage.RESERVE, wish(admin, "/a.txt", OptionalLong.of(1), confirmed));
        refused(Fault.CHANGED, gone);
        assertThat(FaultException.of(gone.cause()).facts())
                .as("what tells it from a source that has changed")
                .containsEntry("path", "/a.txt")
                .hasSize(1);
        storage.put(admin, "/a.txt", "second");
        refused(Fault.CHANGED, storage.bus.ask(Storage.RESERVE, wish(admin, "/a.txt", OptionalLong.of(1), confirmed)));
    }

    @Test
    void aMissingFolderIsRefusedBeforeAnyByte() {
        refused(Fault.NO_FOLDER, storage.reserve(storage.admin(), "/no/a.txt", 1));
    }

    @Test
    void tooLargeTooManyAndTooMuchAreRefused() {
        var admin = storage.admin();
        refused(Fault.TOO_LARGE, storage.reserve(admin, "/large", (4 << 20) + 1));
        for (var name : new String[] {"/1", "/2", "/3"}) {
            done(storage.reserve(admin, name, 4 << 20));
        }
        refused(Fault.TOO_MANY, storage.reserve(admin, "/4", 1));
    }

    @Test
    void aRefusedReservationLeavesTheNameFree() {
        var admin = storage.admin();
        refused(Fault.TOO_LARGE, storage.reserve(admin, "/a", (4 << 20) + 1));
        done(storage.reserve(admin, "/a", 1));
    }

    @Test
    void aReservationThatNobodyHeardOfIsUndone() throws IOException {
        var admin = storage.admin();
        var hasty = new Address<Reserve, Reservation>(Storage.RESERVE.name(), Optional.of(Duration.ofMillis(1)));
        for (int i = 0; i < 50; i++) {
            storage.bus
                    .ask(hasty, wish(admin, "/a", LARGE))
                    .compose(heard -> drop(admin, heard))
                    .transform(result -> Future.succeededFuture())
                    .await();
        }
        await().ignoreExceptions()
                .until(() -> done(storage.reserve(admin, "/a", 1).compose(heard -> drop(admin, heard))) == Done.DONE);
        assertThat(storage.staged()).isEmpty();
    }

    private Future<Done> drop(Principal who, Reservation reservation) {
        return storage.bus.ask(Storage.RELEASE, new Release(who, reservation.upload(), 0, Fate.DROP));
    }

    @Test
    void aReleasedReservationFreesTheNameAndForgetsTheBytes() throws IOException {
        var admin = storage.admin();
        var reservation = done(storage.reserve(admin, "/a", LARGE));
        storage.fill(reservation, LARGE_CONTENT);
        done(storage.bus.ask(Storage.RELEASE, new Release(admin, reservation.upload(), 0, Fate.DROP)));
        assertThat(storage.staged()).isEmpty();
        assertThat(storage.state(reservation)).isEqualTo("unknown");
        done(storage.reserve(admin, "/a", 1));
    }

    @Test
    void aKeptUploadIsPausedAndFreesTheName() throws IOException {
        var admin = storage.admin();
        var reservation = done(storage.reserve(admin, "/a", LARGE));
        storage.fill(reservation, LARGE_CONTENT);
        done(storage.bus.ask(Storage.RELEASE, new Release(admin, reservation.upload(), 7, Fate.KEEP)));
        assertThat(storage.state(reservation)).isEqualTo("paused");
        assertThat(storage.staged()).hasSize(1);
        storage.put(admin, "/a", "another");
    }

    @Test
    void committingTwicePublishesOnce() {
        var admin = storage.admin();
        var reservation = done(storage.reserve(admin, "/a", LARGE));
        var sealed = storage.fill(reservation, LARGE_CONTENT);
        var first = storage.commit(admin, reservation, sealed);
        var second = storage.commit(admin, reservation, sealed);
        assertThat(done(first)).isEqualTo(done(second));
        assertThat(storage.state(reservation)).isEqualTo("done");
    }

    @Test
    void somebodyElsesUploadLooksLikeNone() {
        var reservation = done(storage.reserve(storage.admin(), "/a", 1));
        var sealed = storage.fill(reservation, "a");
        refused(Fault.NOT_FOUND, storage.commit(storage.user("ann"), reservation, sealed));
    }

    @Test
    void rightsAreCheckedAgainWhenItIsPublished() throws IOException {
        var ann = storage.user("ann");
        var reservation = done(storage.reserve(ann, "/a", LARGE));
        var sealed = storage.fill(reservation, LARGE_CONTENT);
        done(storage.bus.ask(Auth.REMOVE_USER, new Auth.RemoveUser(storage.admin(), "ann")));
        refused(Fault.SESSION_ENDED, storage.commit(ann, reservation, sealed));
        assertThat(storage.root.resolve("a")).doesNotExist();
        assertThat(storage.state(reservation)).isEqualTo("paused");
    }

    @Test
    void whatWasAboutToBePublishedIsPublishedByTheNextStart() {
        var admin = storage.admin();
        var reservation = done(storage.reserve(admin, "/a", LARGE));
        storage.fill(reservation, LARGE_CONTENT);
        done(storage.database.write(handle -> handle.execute("UPDATE uploads SET state = 'publishing'")));
        storage.stop();
        storage.start();
        assertThat(storage.root.resolve("a")).hasSize(LARGE);
        assertThat(storage.state(reservation)).isEqualTo("done");
    }

    @Test
    void whatWasBeingSentIsPausedByTheNextStart() {
        var reservation = done(storage.reserve(storage.admin(), "/a", LARGE));
        storage.stop();
        storage.start();
        assertThat(storage.state(reservation)).isEqualTo("paused");
    }

    @Test
    void whatExpiredIsRemoved() throws IOException {
        var admin = storage.admin();
        var reservation = done(storage.reserve(admin, "/a", LARGE));
        storage.fill(reservation, LARGE_CONTENT);
        done(storage.bus.ask(Storage.RELEASE, new Release(admin, reservation.upload(), 7, Fate.KEEP)));
        done(storage.database.write(handle -> handle.execute("UPDATE uploads SET expires_at = 1")));
        storage.stop();
        storage.start();
        await().untilAsserted(() -> assertThat(storage.state(reservation)).isEqualTo("unknown"));
        assertThat(storage.staged()).isEmpty();
    }

    @Test
    void aFileThatIsBeingReadCannotBeDeletedUntilItIsNot() {
        var admin = storage.admin();
        storage.put(admin, "/a", "a");
        var lease = done(storage.bus.ask(Storage.OPEN, new Open(admin, path("/a"))));
        refused(Fault.BUSY, storage.bus.ask(Storage.DELETE, new Delete(admin, path("/a"))));
        done(storage.bus.ask(Storage.CLOSE, new Close(admin, lease)));
        done(storage.bus.ask(Storage.DELETE, new Delete(admin, path("/a"))));
        assertThat(Files.exists(storage.root.resolve("a"))).isFalse();
    }

    @Test
    void aDiskThatFailsThreeTimesWithinAMinuteTakesNoMoreChanges() {
        var admin = storage.admin();
        var told = new CopyOnWriteArrayList<String>();
        storage.bus.hear(Storage.STOPPED_CHANGES, told::add);
        for (int failures = 1; failures <= DiskTrouble.TOO_MANY; failures++) {
            var reservation = done(storage.reserve(admin, "/a", LARGE));
            storage.fill(reservation, LARGE_CONTENT);
            done(storage.bus.ask(Storage.RELEASE, new Release(admin, reservation.upload(), 7, Fate.SUSPECT)));
            assertThat(storage.state(reservation)).isEqualTo("suspect");
        }
        refused(Fault.READ_ONLY, storage.reserve(admin, "/b", 1));
        refused(Fault.READ_ONLY, storage.bus.ask(Storage.MAKE_FOLDER, new MakeFolder(admin, path("/f"))));
        await().until(() -> told.size() == 1);
        done(storage.bus.ask(Storage.STAT, new Stat(admin, path("/"))));
    }

    @Test
    void aFolderCannotBeMovedIntoItself() {
        var admin = storage.admin();
        done(storage.bus.ask(Storage.MAKE_FOLDER, new MakeFolder(admin, path("/a"))));
        var moved = storage.bus.ask(Storage.MOVE, new Move(admin, path("/a"), path("/a/b"), new Precondition.Absent()));
        assertThatThrownBy(() -> done(moved)).isInstanceOfSatisfying(FaultException.class, refused -> {
            assertThat(refused.fault()).isEqualTo(Fault.BAD_NAME);
            assertThat(refused.facts())
                    .containsEntry("name", "/a/b")
                    .containsEntry("rule", "a folder cannot be moved into itself");
        });
    }
}
