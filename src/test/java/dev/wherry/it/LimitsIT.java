package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.fault.Fault;
import dev.wherry.protocol.Reply;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each limit of the console door that a server can be configured to reach quickly, crossed. */
final class LimitsIT {
    private static final int STRANGERS = 3;

    @TempDir
    static Path temporary;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(
                temporary.resolve("server"),
                "--set",
                "console.maxConnectionsPerAddress=" + STRANGERS,
                "--set",
                "console.handshakeTimeout=2s",
                "--set",
                "transfers.minimumRateOver=1s");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Who has logged in takes no place, also after a logout; who left takes none either. */
    @Test
    void onlySoManyStrangersFromOneAddressMayConnect() throws IOException {
        try (var known = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD);
                var first = WireClient.greeted(server);
                var second = WireClient.greeted(server);
                var third = WireClient.greeted(server)) {
            assertThat(isRefused()).isTrue();
            known.ask("LOGOUT");
            known.ask("QUIT");
            assertThat(known.isClosedByServer()).isTrue();
            assertThat(isRefused())
                    .as("who leaves as a known one frees no stranger's place")
                    .isTrue();
            first.ask("HELP");
            second.ask("HELP");
            third.ask("LOGIN admin \"" + RunningServer.PASSWORD + "\"");
            WireClient.greeted(server).close();
        }
    }

    private static boolean isRefused() {
        try (var client = WireClient.connect(server)) {
            return client.isClosedByServer();
        } catch (IOException refused) {
            return true;
        }
    }

    @Test
    void whoDoesNotShakeHandsIsSentAway() throws IOException {
        try (var silent = WireClient.plain(server)) {
            assertThat(silent.getInputStream().read()).as("end of file").isNegative();
        }
    }

    @Test
    void anUploadThatTricklesIsStoppedAndKept() throws IOException {
        try (var client = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD)) {
            client.say("UPLOAD /trickle size=100000").chunk("hello");
            var refused = client.failure();
            assertThat(refused.fault()).isEqualTo(Fault.TOO_SLOW);
            assertThat(refused.facts()).containsKeys("upload", "durable");
            client.say("!");
            client.ask("PING");
        }
    }

    /** What lies in the queues of both ends looks sent, and is not: only what its peer takes counts. */
    @Test
    void aDownloadThatNobodyTakesLetsGoOfItsName() throws IOException {
        var file = large("stalled.bin");
        try (var stalled = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD);
                var other = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD)) {
            assertThat(stalled.say("DOWNLOAD /stalled.bin").reply()).isInstanceOf(Reply.Data.class);
            assertThat(other.refusal("DELETE /stalled.bin").fault()).isEqualTo(Fault.BUSY);
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> other.ask("DELETE /stalled.bin"));
        }
        assertThat(file).doesNotExist();
    }

    /** The control: one that is taken slowly, in steps, goes on for many times as long. */
    @Test
    void aDownloadThatIsTakenSlowlyGoesOn() throws Exception {
        large("slow.bin");
        try (var slow = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD);
                var other = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD)) {
            assertThat(slow.say("DOWNLOAD /slow.bin").reply()).isInstanceOf(Reply.Data.class);
            for (int step = 0; step < 20; step++) {
                slow.content(256 * 1024);
                TimeUnit.MILLISECONDS.sleep(250);
            }
            assertThat(other.refusal("DELETE /slow.bin").fault()).isEqualTo(Fault.BUSY);
        }
    }

    /** Takes no room on the disk, and much more than all queues on the way. */
    private static Path large(String name) throws IOException {
        var file = server.files().resolve(name);
        try (var content = new RandomAccessFile(file.toFile(), "rw")) {
            content.setLength(256L << 20);
        }
        return file;
    }
}
