package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strangers who ask without end and read nothing: with a small heap, because a few dozen of them are enough then. */
final class FloodIT {
    private static final int STRANGERS = 160;
    private static final int REQUESTS = 400;
    /** At once on one connection of HTTP/2. */
    private static final int STREAMS = 100;

    private static final Map<String, String> SMALL = Map.of("WHERRY_JAVA_OPTS", "-Xmx80m");

    private final AtomicLong sent = new AtomicLong();
    private final CountDownLatch ended = new CountDownLatch(STRANGERS);

    @TempDir
    Path home;

    @Test
    void othersAreServedWhileStrangersPipelineAtTheWebDoor() throws Exception {
        try (var server = RunningServer.start(home, SMALL);
                var web = Web.admin(server)) {
            flood("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n", web::narrowSocket);
            // Each sends more than it may, and is cut off.
            assertThat(ended.await(2, TimeUnit.MINUTES)).as(server.errors()).isTrue();
            assertServed(server, web);
            assertThat(server.errors()).doesNotContain(" broke");
        }
    }

    @Test
    void othersAreServedWhileStrangersPipelineAtTheConsoleDoor() throws Exception {
        try (var server = RunningServer.start(home, SMALL);
                var web = Web.admin(server)) {
            flood("FOO bar\n", () -> WireClient.greeted(server).socket());
            awaitStill();
            assertServed(server, web);
        }
    }

    /** Over HTTP/2 any answer can be held up, and any header be long. */
    @Test
    void othersAreServedWhileStrangersTakeNoAnswers() throws Exception {
        var header = Map.of("x-long", "x".repeat(7_000));
        var strangers = new ArrayList<Http2Wire>();
        try (var server = RunningServer.start(home, SMALL);
                var web = Web.admin(server)) {
            for (int i = 0; i < STRANGERS; i++) {
                var stranger = new Http2Wire(web.narrowSocket("h2"), 0);
                strangers.add(stranger);
                for (int k = 0; k < STREAMS; k++) {
                    stranger.ask("/", header);
                }
                stranger.untilPong();
            }
            assertServed(server, web);
        } finally {
            for (var stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void whoAsksTooMuchAtOnceIsRefusedAndMayAskAgain() throws Exception {
        try (var server = RunningServer.start(home);
                var web = Web.stranger(server);
                var wire = new Http2Wire(web.narrowSocket("h2"), 0)) {
            for (int i = 0; i < STREAMS + 20; i++) {
                wire.ask("/", Map.of());
                if (i < 5) {
                    wire.reset();
                }
            }
            assertThat(refused(wire.untilPong())).isEqualTo(15);
            wire.ask("/", Map.of());
            assertThat(refused(wire.untilPong())).isEqualTo(1);
            wire.reset();
        }
    }

    /** Anybody can do so; a trace for each would fill the disk. */
    @Test
    void whoResetsWithoutEndIsCutOffAndNotLogged() throws Exception {
        try (var server = RunningServer.start(home);
                var web = Web.stranger(server);
                var wire = new Http2Wire(web.narrowSocket("h2"), 1 << 20)) {
            for (int i = 0; i < 3 * STREAMS; i++) {
                wire.ask("/", Map.of());
                wire.reset();
            }
            wire.flush();
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                while (true) {
                    wire.next();
                }
            });
            assertThat(Web.text(web.get("/"))).contains("<html");
            assertThat(server.errors()).doesNotContain(" broke");
        }
    }

    /** The control: who takes the answers may ask as much as the protocol says, and go on. */
    @Test
    void whoTakesTheAnswersIsNotRefused() throws Exception {
        try (var server = RunningServer.start(home);
                var web = Web.stranger(server);
                var wire = new Http2Wire(web.narrowSocket("h2"), 1 << 20)) {
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < STREAMS; i++) {
                    wire.ask("/files/", Map.of());
                }
                wire.flush();
                for (int ended = 0; ended < STREAMS; ) {
                    var frame = wire.next();
                    assertThat(frame.type()).isNotEqualTo(Http2Wire.RESET);
                    ended += frame.isLast() ? 1 : 0;
                }
            }
        }
    }

    private static long refused(Map<Integer, Http2Wire.Frame> last) {
        return last.values().stream()
                .filter(frame ->
                        frame.type() == Http2Wire.RESET && frame.payload().getInt(0) == Http2Wire.REFUSED_STREAM)
                .count();
    }

    /** The control: who reads each answer may ask as often as they like, on one connection. */
    @Test
    void whoReadsTheAnswersIsNotCutOff() throws Exception {
        try (var server = RunningServer.start(home);
                var web = Web.admin(server);
                var socket = web.socket("TLSv1.3")) {
            var answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (int i = 0; i < REQUESTS; i++) {
                Web.say(socket, "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(answers.readLine()).startsWith("HTTP/1.1 200 ");
                while (!answers.readLine().isEmpty()) {
                    // The rest of the header.
                }
            }
        }
    }

    /** They end with the server: to close one here would wait for what it is writing. */
    private void flood(String request, Stranger stranger) throws IOException {
        var text = request.repeat(REQUESTS).getBytes(StandardCharsets.UTF_8);
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < STRANGERS; i++) {
            sockets.add(stranger.connect());
        }
        for (var socket : sockets) {
            Thread.ofPlatform().daemon().start(() -> send(socket, text));
        }
    }

    private static void assertServed(RunningServer server, Web web) {
        assertThat(web.get("/files/").statusCode()).as(server.errors()).isEqualTo(200);
        assertThat(web.put("/files/mine", new byte[1 << 20]).statusCode())
                .as(server.errors())
                .isEqualTo(201);
    }

    /** Until the server takes nothing more. */
    private void awaitStill() {
        var before = new AtomicLong();
        await().pollInterval(Duration.ofSeconds(2)).until(() -> {
            long now = sent.get();
            return now > 0 && before.getAndSet(now) == now;
        });
    }

    private void send(Socket socket, byte[] bytes) {
        try {
            var out = socket.getOutputStream();
            while (true) {
                out.write(bytes);
                sent.addAndGet(bytes.length);
            }
        } catch (IOException cutOff) {
            ended.countDown();
        }
    }

    /** Connects one of them. */
    @FunctionalInterface
    private interface Stranger {
        Socket connect() throws IOException;
    }
}
