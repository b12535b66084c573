package dev.wherry.storage;

import static dev.wherry.storage.StorageFixture.done;
import static dev.wherry.storage.StorageFixture.path;
import static dev.wherry.storage.StorageFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.auth.Principal;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Precondition;
import dev.wherry.storage.Storage.Done;
import dev.wherry.storage.Storage.Reservation;
import dev.wherry.storage.StorageRequest.MakeFolder;
import dev.wherry.storage.StorageRequest.Reserve;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that are made on the way to a target take the right to write, each of them. */
final class ParentsTest {
    private static final long LARGE = 2 << 20;
    private static final String LARGE_CONTENT = "x".repeat((int) LARGE);

    @TempDir
    private Path folder;

    private StorageFixture storage;
    private Principal admin;
    private Principal ann;

    @BeforeEach
    void start() throws IOException {
        storage = new StorageFixture(folder);
        admin = storage.admin();
        ann = storage.user("ann", "/:list,read", "/team/ann:list,read,write");
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    @Test
    void noParentIsMadeWhereItMayNotBeMade() {
        var made = make(ann, "/team/ann/photos");
        refused(Fault.DENIED, made);
        assertThat(FaultException.of(made.cause()).facts())
                .containsEntry("path", "/team")
                .containsEntry("right", "write");
        refused(Fault.DENIED, reserve(ann, "/team/ann/photos/a"));
        assertThat(storage.root.resolve("team")).doesNotExist();
    }

    @Test
    void parentsAreMadeFromTheHighestThatMayBeMade() {
        done(make(admin, "/team"));
        done(make(ann, "/team/ann/photos/new"));
        put(ann, "/team/ann/videos/old/a");
        assertThat(storage.root.resolve("team/ann/photos/new")).isDirectory();
        assertThat(storage.root.resolve("team/ann/videos/old/a")).exists();
    }

    @Test
    void aRuleInTheMiddleOfTheWayIsAsked() {
        var bob = storage.user("bob", "/:list,read,write,delete", "/closed:list", "/closed/open:list,write");
        refused(Fault.DENIED, make(bob, "/closed/open/x"));
        assertThat(storage.root.resolve("closed")).doesNotExist();
        done(make(admin, "/closed"));
        done(make(bob, "/closed/open/x"));
    }

    @Test
    void whatMayBeWrittenWithoutItsFolderIsNoReasonToMakeTheFolder() {
        var bob = storage.user("bob", "/:list", "/drop/box/a:write");
        refused(Fault.DENIED, reserve(bob, "/drop/box/a"));
        refused(Fault.DENIED, make(bob, "/drop/box/a"));
        done(make(admin, "/drop/box"));
        put(bob, "/drop/box/a");
        assertThat(storage.root.resolve("drop/box/a")).exists();
    }

    /** The folder vanished while the bytes were coming. */
    @Test
    void rightsOnParentsAreAskedWhenItIsPublished() throws IOException {
        done(make(admin, "/team"));
        var reservation = done(reserve(ann, "/team/ann/a"));
        var sealed = storage.fill(reservation, "a");
        Files.delete(storage.root.resolve("team"));
        refused(Fault.DENIED, storage.commit(ann, reservation, sealed));
        assertThat(storage.root.resolve("team")).doesNotExist();
        assertThat(storage.staged()).isEmpty();
    }

    /** At a start nobody is there whose rights could be asked. */
    @Test
    void aStartMakesNoParents() throws IOException {
        var missing = done(storage.bus.ask(Storage.RESERVE, wish(admin, "/gone/a", LARGE)));
        storage.fill(missing, LARGE_CONTENT);
        var there = done(storage.bus.ask(Storage.RESERVE, wish(admin, "/there/a", LARGE)));
        storage.fill(there, LARGE_CONTENT);
        done(storage.database.write(handle -> handle.execute("UPDATE uploads SET state = 'publishing'")));
        storage.stop();
        Files.createDirectory(storage.root.resolve("there"));
        storage.start();
        assertThat(storage.state(missing)).isEqualTo("paused");
        assertThat(storage.state(there)).isEqualTo("done");
        assertThat(storage.root.resolve("gone")).doesNotExist();
        assertThat(storage.staged()).hasSize(1);
    }

    private Future<Done> make(Principal who, String path) {
        return storage.bus.ask(Storage.MAKE_FOLDER, new MakeFolder(who, path(path)));
    }

    private Future<Reservation> reserve(Principal who, String path) {
        return storage.bus.ask(Storage.RESERVE, wish(who, path, 1));
    }

    private void put(Principal who, String path) {
        var reservation = done(reserve(who, path));
        done(storage.commit(who, reservation, storage.fill(reservation, "a")));
    }

    private static Reserve wish(Principal who, String path, long size) {
        return new Reserve(
                who,
                path(path),
                OptionalLong.of(size),
                new Precondition.Absent(),
                true,
                Optional.empty(),
                Optional.empty());
    }
}
