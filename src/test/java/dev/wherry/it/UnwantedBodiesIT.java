package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes by the hundreds of mebibytes takes nothing from the memory outside the heap that others need. */
final class UnwantedBodiesIT {
    private static final int STRANGERS = 2;
    /** More than all that memory, from each. */
    private static final int MEBIBYTES = 300;

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"POST /nowhere", "PUT /files/not-mine", "GET /eventbus/info"})
    void othersAreServedWhileStrangersSendWhatNobodyWants(String request) throws Exception {
        try (var server = RunningServer.start(home);
                var web = Web.admin(server)) {
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < STRANGERS; i++) {
                var socket = web.socket("TLSv1.3");
                threads.add(Thread.ofPlatform().daemon().start(() -> send(socket, request)));
            }
            for (var thread : threads) {
                assertThat(thread.join(Duration.ofMinutes(2))).isTrue();
            }
            assertThat(server.errors()).doesNotContain("OutOfDirectMemoryError", "OutOfMemoryError");
            assertThat(web.put("/files/mine", new byte[4 << 20]).statusCode())
                    .as(server.errors())
                    .isEqualTo(201);
        }
    }

    private static void send(Socket socket, String request) {
        try (socket) {
            Web.say(socket, request + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            var out = socket.getOutputStream();
            var chunk = ("100000\r\n" + "x".repeat(1 << 20) + "\r\n").getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < MEBIBYTES; i++) {
                out.write(chunk);
            }
        } catch (IOException cutOff) {
            // The server may do so at any time.
        }
    }

    /** There is less than the uploads would take: arrays serve, and nothing is left out. */
    @Test
    void whatIsPublishedIsWholeWhereThereIsNoMemoryOutsideTheHeap() throws Exception {
        var content = new byte[6_000_001];
        new Random(11).nextBytes(content);
        try (var server = RunningServer.start(home, Map.of("WHERRY_JAVA_OPTS", "-XX:MaxDirectMemorySize=4500k"));
                var web = Web.admin(server)) {
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < 6; i++) {
                var path = "/files/whole" + i;
                threads.add(Thread.ofPlatform()
                        .daemon()
                        .start(() -> await().atMost(Duration.ofMinutes(1))
                                .until(() -> web.put(path, content).statusCode() == 201)));
            }
            for (var thread : threads) {
                assertThat(thread.join(Duration.ofMinutes(2))).isTrue();
            }
            for (int i = 0; i < 6; i++) {
                assertThat(server.files().resolve("whole" + i)).hasBinaryContent(content);
            }
        }
    }
}
