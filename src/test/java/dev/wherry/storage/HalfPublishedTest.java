package dev.wherry.storage;

import static dev.wherry.storage.StorageFixture.done;
import static dev.wherry.storage.StorageFixture.refused;
import static dev.wherry.storage.StorageFixture.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.auth.Principal;
import dev.wherry.fault.Fault;
import dev.wherry.path.Precondition;
import dev.wherry.storage.Storage.Reservation;
import dev.wherry.storage.StorageRequest.Cancel;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an upload that was being published when the disk, or the server, failed. */
final class HalfPublishedTest {
    /** A publishing never comes to its name: until the next start it is as if the server had been killed there. */
    private static final Obstacle KILLED = Obstacle.of("publish", (call, real) -> Future.future(never -> {}));
    /** The name changes, and nobody can say whether that is safe. */
    private static final Obstacle NOT_SYNCED =
            Obstacle.of("publish", (call, real) -> real.get().compose(entry -> badDisk()));

    @TempDir
    private Path folder;

    private StorageFixture storage;
    private Principal admin;

    @BeforeEach
    void start() throws IOException {
        storage = new StorageFixture(folder, "uploads.maxUnremembered=0");
        admin = storage.admin();
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    @Test
    void whatWasAcknowledgedIsNotReplacedByAnEarlierUploadThatTheDiskRefused() {
        storage.put(admin, "/a", "old");
        var first = refusedItsName("first");
        var second = replacing("/a");
        done(storage.commit(admin, second, storage.fill(second, "second")));
        storage.restart(Obstacle.NONE);
        assertThat(storage.root.resolve("a")).hasContent("second");
        assertThat(storage.state(first)).isEqualTo("paused");
    }

    @Test
    void anUploadThatTheDiskRefusedIsItsSendersAgainAtOnce() {
        var upload = refusedItsName("whole");
        assertThat(storage.state(upload)).isEqualTo("paused");
        assertThat(expected(upload)).isEqualTo("any");
        done(storage.bus.ask(Storage.CANCEL, new Cancel(admin, upload.upload())));
        assertThat(storage.state(upload)).isEqualTo("unknown");
    }

    @Test
    void anEmptyUploadThatTheDiskRefusedIsItsSendersAgainToo() {
        assertThat(storage.state(refusedItsName(""))).isEqualTo("paused");
    }

    @Test
    void aKillBetweenIntentAndNameIsMadeGoodWhereTheOldVersionIsStillThere() {
        storage.put(admin, "/a", "old");
        storage.restart(KILLED);
        var upload = killedBeforeItsName("/a");
        storage.restart(Obstacle.NONE);
        assertThat(storage.root.resolve("a")).hasContent("killed");
        assertThat(storage.state(upload)).isEqualTo("done");
    }

    @Test
    void aKillBetweenIntentAndNameIsMadeGoodWhereNothingWasThere() {
        storage.restart(KILLED);
        var upload = killedBeforeItsName("/a");
        storage.restart(Obstacle.NONE);
        assertThat(storage.root.resolve("a")).hasContent("killed");
        assertThat(storage.state(upload)).isEqualTo("done");
    }

    @Test
    void whatCameAfterTheKillIsNotReplaced() throws IOException {
        storage.put(admin, "/a", "old");
        storage.restart(KILLED);
        var replacing = killedBeforeItsName("/a");
        var creating = killedBeforeItsName("/b");
        storage.stop();
        Files.writeString(storage.root.resolve("a"), "by hand, and later");
        Files.writeString(storage.root.resolve("b"), "by hand, and later");
        storage.obstacle = Obstacle.NONE;
        storage.start();
        assertThat(storage.root.resolve("a")).hasContent("by hand, and later");
        assertThat(storage.root.resolve("b")).hasContent("by hand, and later");
        assertThat(storage.state(replacing)).isEqualTo("paused");
        assertThat(storage.state(creating)).isEqualTo("paused");
        refused(Fault.CHANGED, resume(replacing, Optional.empty()));
        done(resume(replacing, Optional.of("/c")));
    }

    @Test
    void aRowOfAnEarlierServerThatSaysAnyReplacesNothing() {
        storage.put(admin, "/a", "newer");
        var upload = replacing("/a");
        storage.fill(upload, "older");
        done(storage.database.write(handle -> handle.execute("UPDATE uploads SET state = 'publishing'")));
        storage.restart(Obstacle.NONE);
        assertThat(storage.root.resolve("a")).hasContent("newer");
        assertThat(storage.state(upload)).isEqualTo("paused");
    }

    @Test
    void aNameThatCouldNotBeMadeSafeIsMadeSafeByTheNextStart() {
        storage.restart(NOT_SYNCED);
        var upload = replacing("/a");
        refused(Fault.DISK_FAILED, storage.commit(admin, upload, storage.fill(upload, "named")));
        assertThat(storage.state(upload)).isEqualTo("publishing");
        refused(Fault.DISK_FAILED, resume(upload, Optional.empty()));
        refused(Fault.DISK_FAILED, storage.bus.ask(Storage.CANCEL, new Cancel(admin, upload.upload())));
        storage.restart(Obstacle.NONE);
        assertThat(storage.root.resolve("a")).hasContent("named");
        assertThat(storage.state(upload)).isEqualTo("done");
    }

    private static Future<?> badDisk() {
        return Future.failedFuture(Fault.DISK_FAILED.because("as the test wants it"));
    }

    /** A disk on which the first name does not change. */
    private static Obstacle refusingOneName() {
        var refused = new AtomicBoolean();
        return Obstacle.of("publish", (call, real) -> refused.getAndSet(true) ? real.get() : badDisk());
    }

    /** An upload to {@code /a} that came whole, and whose name the disk did not change. */
    private Reservation refusedItsName(String content) {
        storage.restart(refusingOneName());
        var upload = replacing("/a");
        refused(Fault.DISK_FAILED, storage.commit(admin, upload, storage.fill(upload, content)));
        return upload;
    }

    /** An upload whose publishing was recorded, and never came to its name. */
    private Reservation killedBeforeItsName(String path) {
        var upload = replacing(path);
        storage.commit(admin, upload, storage.fill(upload, "killed"));
        await().until(() -> storage.state(upload).equals("publishing"));
        return upload;
    }

    private Reservation replacing(String path) {
        return done(storage.bus.ask(Storage.RESERVE, wish(admin, path, OptionalLong.empty(), new Precondition.Any())));
    }

    private Future<Resumption> resume(Reservation upload, Optional<String> to) {
        return storage.resume(admin, upload.upload(), to);
    }

    private String expected(Reservation upload) {
        return done(storage.database.read(handle -> handle.select(
                        "SELECT expected FROM uploads WHERE id = ?",
                        upload.upload().value())
                .mapTo(String.class)
                .one()));
    }
}
