package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.client.Connection;
import dev.wherry.client.RemoteEntry;
import dev.wherry.client.Source;
import dev.wherry.client.TransferWatch;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Precondition;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what while something else happens: the table of {@code durability.md}, over the wire. */
final class BusyIT {
    private static final Precondition ABSENT = new Precondition.Absent();
    private static final byte[] OLD = Client.utf8("the old version");
    private static final byte[] NEW = Client.utf8("another, newer version");
    /** More than fits on the way to a reader who does not read. */
    private static final int LARGE = 48 << 20;

    @TempDir
    Path temporary;

    /** Started by the first test, for all. */
    private static RunningServer server;

    private static Peers peers;
    private static Connection asker;

    @BeforeAll
    static void start(@TempDir Path home) throws IOException {
        server = RunningServer.start(home);
        peers = new Peers(server);
        asker = peers.connect();
    }

    @AfterAll
    static void stop() {
        asker.close();
        server.close();
    }

    @BeforeEach
    void folder() throws IOException {
        asker.ask(new Request.MakeFolder(Peers.path("/a")));
        asker.ask(new Request.MakeFolder(Peers.path("/a/b")));
    }

    @AfterEach
    void clear() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !attempt(remove("/a", true)).equals("busy"));
    }

    @Test
    void whatIsBeingDownloadedIsReplacedButNeitherDeletedNorMoved() throws Exception {
        var large = Payload.bytes(LARGE, new Random(1));
        upload("/a/b/file", large, ABSENT);
        try (var reader = Held.download(peers, Peers.path("/a/b/file"))) {
            assertNothingMayTakeAway("/a/b/file");
            assertThat(download("/a/b/file")).isEqualTo(large.length);
            assertThat(attempt(() -> upload("/a/b/file", NEW, ABSENT))).isEqualTo("exists");
            assertThat(attempt(() -> upload("/a/b/file", NEW, new Precondition.Version(etag("/a/b/file")))))
                    .isEqualTo("done");
            assertThat(reader.finish().sha256()).isEqualTo(Payload.sha256(large));
        }
        assertThat(download("/a/b/file")).isEqualTo(NEW.length);
        assertEverythingMayBeTakenAway("/a/b/file");
    }

    @Test
    void aDownloadThatWasCutLetsGoOfTheName() throws Exception {
        upload("/a/b/file", new byte[LARGE], ABSENT);
        try (var reader = Held.download(peers, Peers.path("/a/b/file"))) {
            assertThat(attempt(delete("/a/b/file"))).isEqualTo("busy");
            reader.cut();
        }
        awaitFree(delete("/a/b/file"));
    }

    @Test
    void aNewNameThatIsBeingUploadedIsBusyForAllButReaders() throws Exception {
        try (var writer = Held.upload(peers, Peers.path("/a/b/file"), NEW, ABSENT)) {
            assertThat(attempt(() -> download("/a/b/file"))).isEqualTo("not-found");
            assertBusyForWriters("/a/b/file");
            assertNothingMayTakeAway("/a/b/file");
            writer.finish();
        }
        assertThat(download("/a/b/file")).isEqualTo(NEW.length);
        assertEverythingMayBeTakenAway("/a/b/file");
    }

    @Test
    void aFileThatIsBeingReplacedIsReadInItsOldVersionAndElseBusy() throws Exception {
        upload("/a/b/file", OLD, ABSENT);
        var seen = new Precondition.Version(etag("/a/b/file"));
        try (var writer = Held.upload(peers, Peers.path("/a/b/file"), NEW, seen)) {
            assertThat(download("/a/b/file")).isEqualTo(OLD.length);
            assertBusyForWriters("/a/b/file");
            assertThat(attempt(() -> upload("/a/b/file", NEW, seen))).isEqualTo("busy");
            assertNothingMayTakeAway("/a/b/file");
            writer.finish();
        }
        assertThat(download("/a/b/file")).isEqualTo(NEW.length);
        assertThat(attempt(() -> upload("/a/b/file", OLD, seen))).isEqualTo("changed");
    }

    @Test
    void anUploadThatWasCutIsPausedAndHoldsNothing() throws Exception {
        try (var writer = Held.upload(peers, Peers.path("/a/b/file"), NEW, ABSENT)) {
            assertBusyForWriters("/a/b/file");
            writer.cut();
        }
        awaitFree(() -> upload("/a/b/file", OLD, ABSENT));
        assertThat(download("/a/b/file")).isEqualTo(OLD.length);
        assertEverythingMayBeTakenAway("/a/b/file");
    }

    @Test
    void anUploadThatWasRefusedAtItsEndHoldsNothing() throws Exception {
        try (var client = WireClient.loggedIn(server, peers.token())) {
            for (int i = 0; i < 20; i++) {
                client.say("UPLOAD /a/b/file size=3").chunk("abc").say(WireClient.endMark("another"));
                assertThat(client.fault()).isEqualTo(Fault.WRONG_DIGEST);
            }
        }
        assertThat(attempt(() -> upload("/a/b/file", NEW, ABSENT))).isEqualTo("done");
    }

    @Test
    void whatIsMovedOverIsChecked() throws Exception {
        upload("/a/one", OLD, ABSENT);
        try (var writer = Held.upload(peers, Peers.path("/a/two"), NEW, ABSENT)) {
            assertThat(attempt(move("/a/one", "/a/two"))).isEqualTo("busy");
            assertThat(attempt(move("/a/one", "/a/three"))).isEqualTo("done");
            writer.finish();
        }
        assertThat(attempt(move("/a/three", "/a/two"))).isEqualTo("exists");
    }

    private void assertBusyForWriters(String path) {
        assertThat(attempt(() -> upload(path, OLD, ABSENT))).isEqualTo("busy");
        assertThat(attempt(() -> upload(path, OLD, new Precondition.Any()))).isEqualTo("busy");
        assertThat(attempt(() -> asker.ask(new Request.MakeFolder(Peers.path(path)))))
                .isEqualTo("busy");
    }

    /** Neither it nor a folder above it, nor with force. */
    private void assertNothingMayTakeAway(String path) {
        assertThat(attempt(delete(path))).as("delete").isEqualTo("busy");
        assertThat(attempt(move(path, "/elsewhere"))).as("move").isEqualTo("busy");
        assertThat(attempt(move("/a", "/elsewhere"))).as("move a folder above").isEqualTo("busy");
        assertThat(attempt(remove("/a/b", true))).as("remove the folder").isEqualTo("busy");
        assertThat(attempt(remove("/a", true))).as("remove a folder above").isEqualTo("busy");
    }

    private void assertEverythingMayBeTakenAway(String path) {
        assertThat(attempt(remove("/a", false))).isEqualTo("not-empty");
        assertThat(attempt(move(path, "/elsewhere"))).isEqualTo("done");
        assertThat(attempt(move("/elsewhere", path))).isEqualTo("done");
        assertThat(attempt(move("/a", "/c"))).isEqualTo("done");
        assertThat(attempt(move("/c", "/a"))).isEqualTo("done");
        assertThat(attempt(delete(path))).isEqualTo("done");
        assertThat(attempt(remove("/a", true))).isEqualTo("done");
    }

    @FunctionalInterface
    private interface Action {
        Object run() throws IOException;
    }

    /** {@code done}, or the code of the fault. */
    private static String attempt(Action action) {
        try {
            action.run();
            return "done";
        } catch (FaultException refused) {
            return refused.fault().code();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /** The server hears of a lost connection a moment later; until then the name may be busy, and nothing else. */
    private static void awaitFree(Action action) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            var result = attempt(action);
            assertThat(result).isIn("done", Fault.BUSY.code());
            return result.equals("done");
        });
    }

    private Action delete(String path) {
        return () -> asker.ask(new Request.Delete(Peers.path(path)));
    }

    private Action remove(String path, boolean recursive) {
        return () -> asker.ask(new Request.RemoveFolder(Peers.path(path), recursive));
    }

    private Action move(String from, String to) {
        return () -> asker.ask(new Request.Move(Peers.path(from), Peers.path(to), ABSENT));
    }

    private Object upload(String path, byte[] content, Precondition expected) throws IOException {
        var file = Files.write(temporary.resolve("sent"), content);
        try (var source = Source.file(file)) {
            return asker.upload(Peers.path(path), source, expected, false, TransferWatch.NOBODY);
        }
    }

    private long download(String path) throws IOException {
        try (var reader = peers.connect()) {
            return reader.download(Peers.path(path), Optional.empty(), Payload.NOWHERE, TransferWatch.NOBODY)
                    .size();
        }
    }

    private Etag etag(String path) throws IOException {
        var facts = asker.ask(new Request.Stat(Peers.path(path)));
        return RemoteEntry.of(facts).etag().orElseThrow();
    }
}
