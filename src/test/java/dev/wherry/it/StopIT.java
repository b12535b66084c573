package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wherry.path.Precondition;
import dev.wherry.protocol.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends that are not accidents: a server that is told to stop, a client that has said all it had to say. */
final class StopIT {
    private static final int ROUNDS = Application.isLong() ? 100 : 20;

    @TempDir
    Path temporary;

    @Test
    void aServerThatIsToldToStopEndsWellAndLeavesNothingTorn() throws Exception {
        var home = temporary.resolve("server");
        var content = Payload.bytes(3 << 20, new Random(2));
        try (var server = RunningServer.start(home)) {
            var peers = new Peers(server);
            try (var running = Held.upload(peers, Peers.path("/torn"), content, new Precondition.Absent())) {
                assertThat(server.stop()).as("exit code").isZero();
                assertThat(running.fails()).as("the sender was told").isTrue();
            }
            assertThat(server.files().resolve("torn")).doesNotExist();
        }
        try (var server = RunningServer.start(home);
                var again = Held.upload(new Peers(server), Peers.path("/torn"), content, new Precondition.Absent())) {
            again.finish();
            assertThat(server.files().resolve("torn")).hasBinaryContent(content);
        }
    }

    @Test
    void anUploadWhoseEndMarkWasSentIsPublishedThoughNobodyListens() throws Exception {
        var random = Application.random(StopIT.class);
        try (var server = RunningServer.start(temporary.resolve("server"))) {
            var peers = new Peers(server);
            for (int round = 0; round < ROUNDS; round++) {
                var content = Payload.bytes(random.nextInt(200_000), random);
                var known = WireClient.wholeUpload("/known-" + round, Integer.toString(content.length), content);
                sendAndGo(server, peers, known);
                sendAndGo(server, peers, WireClient.wholeUpload("/unknown-" + round, "unknown", content));
                awaitContent(server.files().resolve("known-" + round), content);
                awaitContent(server.files().resolve("unknown-" + round), content);
            }
        }
    }

    @Test
    void aServerThatIsToldToStopPublishesWhatHadItsEndMark() throws Exception {
        var home = temporary.resolve("server");
        var content = Payload.bytes(3 << 20, new Random(3));
        try (var server = RunningServer.start(home);
                var client = WireClient.loggedIn(server, new Peers(server).token())) {
            client.send(WireClient.wholeUpload("/whole", "unknown", content));
            // The reply that it may begin comes when the server is at it; what follows may be anywhere on its way.
            assertThat(client.reply()).isInstanceOf(Reply.Send.class);
            var stopping = server.stop();
            assertThat(stopping).isZero();
            if (client.outcome() instanceof Reply.Ok) {
                assertThat(server.files().resolve("whole")).hasBinaryContent(content);
            } else {
                assertThat(server.files().resolve("whole")).doesNotExist();
            }
        }
    }

    /** A disk that takes for ever under the database: what waits for it, and so the stop, is given up in the end. */
    @Test
    void aServerWhoseDatabaseHangsStopsAllTheSameAndSaysWhatItWaitedFor() throws Exception {
        assumeTrue(Strace.isPermitted(), "strace is not here or not permitted");
        var trace = temporary.resolve("trace");
        try (var server = RunningServer.start(temporary.resolve("server")).traced();
                var client = WireClient.greeted(server);
                var strace = Strace.injecting(server, "fsync,fdatasync", "delay_enter=600000000", trace)) {
            client.say("LOGIN admin \"" + RunningServer.PASSWORD + "\"");
            await().until(() -> Strace.lines(trace).stream().anyMatch(line -> line.contains("sync(")));
            var stopped = CompletableFuture.supplyAsync(() -> code(server));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> server.errors().contains("gave up after 30 s waiting for "));
            // The process is over; but the kernel keeps it for whoever holds one of its threads up.
            strace.kill();
            assertThat(stopped.get(1, TimeUnit.MINUTES)).as("exit code").isEqualTo(1);
        }
    }

    private static int code(RunningServer server) {
        try {
            return server.stop();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private static void sendAndGo(RunningServer server, Peers peers, byte[] all) throws IOException {
        try (var client = WireClient.loggedIn(server, peers.token())) {
            client.send(all);
        }
    }

    private static void awaitContent(Path file, byte[] content) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Files.exists(file));
        assertThat(file).hasBinaryContent(content);
    }
}
