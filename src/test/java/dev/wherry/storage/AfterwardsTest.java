package dev.wherry.storage;

import static dev.wherry.storage.StorageFixture.done;
import static dev.wherry.storage.StorageFixture.path;
import static dev.wherry.storage.StorageFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.auth.Auth;
import dev.wherry.auth.Principal;
import dev.wherry.fault.Fault;
import dev.wherry.path.Precondition;
import dev.wherry.storage.StorageRequest.Delete;
import dev.wherry.storage.StorageRequest.MakeFolder;
import dev.wherry.storage.StorageRequest.Move;
import dev.wherry.storage.StorageRequest.Open;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an upload, a row or a rule comes to when what it was about has ended, broken or moved. */
final class AfterwardsTest {
    private static final int LARGE = 2 << 20;
    private static final String LARGE_CONTENT = "x".repeat(LARGE);

    @TempDir
    private Path folder;

    private StorageFixture storage;
    private Principal admin;

    @BeforeEach
    void start() throws IOException {
        storage = new StorageFixture(folder);
        admin = storage.admin();
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    @Test
    void aCommitThatIsAskedAgainAfterTheEndIsAnsweredAsTheFirst() {
        var reservation = done(storage.reserve(admin, "/a", LARGE));
        var sealed = storage.fill(reservation, LARGE_CONTENT);
        var entry = done(storage.commit(admin, reservation, sealed));
        assertThat(done(storage.commit(admin, reservation, sealed))).isEqualTo(entry);
        done(storage.database.write(handle -> handle.execute("UPDATE uploads SET state = 'publishing'")));
        assertThat(done(storage.commit(admin, reservation, sealed)))
                .as("its row could not be told the end")
                .isEqualTo(entry);
    }

    @Test
    void anEndedCommitIsTheOwnersAlone() {
        var ann = storage.user("ann");
        var reservation = done(storage.reserve(ann, "/a", LARGE));
        var sealed = storage.fill(reservation, LARGE_CONTENT);
        done(storage.commit(ann, reservation, sealed));
        refused(Fault.NOT_FOUND, storage.commit(admin, reservation, sealed));
        done(storage.bus.ask(Auth.REMOVE_USER, new Auth.RemoveUser(admin, "ann")));
        refused(Fault.SESSION_ENDED, storage.commit(ann, reservation, sealed));
    }

    @Test
    void anEndedCommitIsNotFoundWhereAnotherVersionOrNothingIs() {
        var reservation = done(storage.reserve(admin, "/a", LARGE));
        var sealed = storage.fill(reservation, LARGE_CONTENT);
        done(storage.commit(admin, reservation, sealed));
        done(storage.bus.ask(Storage.DELETE, new Delete(admin, path("/a"))));
        refused(Fault.NOT_FOUND, storage.commit(admin, reservation, sealed));
        storage.put(admin, "/a", "another");
        refused(Fault.NOT_FOUND, storage.commit(admin, reservation, sealed));
    }

    @Test
    void rowsThatCannotBeReadStopNoStartAndNoSweep() throws IOException {
        var broken = done(storage.reserve(admin, "/broken", LARGE));
        storage.fill(broken, LARGE_CONTENT);
        var whole = done(storage.reserve(admin, "/whole", LARGE));
        storage.fill(whole, LARGE_CONTENT);
        var expired = done(storage.reserve(admin, "/expired", LARGE));
        done(storage.database.write(handle -> handle.execute("UPDATE uploads SET state = 'publishing'")
                + handle.execute("UPDATE uploads SET path = '/../x' WHERE path = '/broken'")
                + handle.execute("UPDATE uploads SET state = 'paused', expires_at = 1 WHERE path = '/expired'")
                + handle.execute("INSERT INTO uploads SELECT 'no id', account, path, size, expected, parents, modified,"
                        + " source, state, durable, sha256, boot_id, created_at, expires_at, metadata, promised"
                        + " FROM uploads WHERE path = '/expired'")));
        storage.stop();
        storage.start();
        assertThat(storage.root.resolve("whole")).hasSize(LARGE);
        assertThat(storage.state(broken)).as("left for who can read it").isEqualTo("publishing");
        assertThat(storage.staged()).hasSize(1);
        await().untilAsserted(() -> assertThat(storage.state(expired)).isEqualTo("unknown"));
    }

    /** Rules are about places: what is moved is then under the rules of where it is. */
    @Test
    void rulesStayWithThePathsWhenAFolderIsMoved() {
        done(storage.bus.ask(Storage.MAKE_FOLDER, new MakeFolder(admin, path("/closed"))));
        storage.put(admin, "/closed/plan", "hidden");
        var ann = storage.user("ann", "/:list,read", "/closed:none");
        refused(Fault.DENIED, storage.bus.ask(Storage.OPEN, new Open(ann, path("/closed/plan"))));

        done(storage.bus.ask(Storage.MOVE, new Move(admin, path("/closed"), path("/open"), new Precondition.Absent())));
        done(storage.bus.ask(Storage.OPEN, new Open(ann, path("/open/plan"))));

        done(storage.bus.ask(Storage.MAKE_FOLDER, new MakeFolder(admin, path("/closed"))));
        storage.put(admin, "/closed/plan", "hidden again");
        refused(Fault.DENIED, storage.bus.ask(Storage.OPEN, new Open(ann, path("/closed/plan"))));
    }
}
