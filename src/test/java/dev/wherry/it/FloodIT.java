package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
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
