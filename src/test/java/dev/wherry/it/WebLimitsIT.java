package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the web door bounds: connections, headers, silence, and how long a stop may take. */
final class WebLimitsIT {
    private static final String HELLO = "GET /session HTTP/1.1\r\nHost: localhost\r\n";
    private static final String ASK = HELLO + "\r\n";
    private static final String ASK_AS_ADMIN =
            HELLO + "Authorization: " + Web.basic("admin", RunningServer.PASSWORD) + "\r\n\r\n";

    private static final String LISTEN =
            "GET /live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Authorization: " + Web.basic("admin", RunningServer.PASSWORD) + "\r\n\r\n";

    /** The size of a body that is refused. */
    private static final int REFUSED = 600_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration SLOW = Duration.ofSeconds(4);

    /** Of which a busy machine may take a good part for itself before anything is said. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    @TempDir
    Path home;

    /** Bytes of a body that trickles. */
    private int sent;

    private RunningServer start(String... settings) {
        return RunningServer.start(
                home,
                Stream.of(settings)
                        .flatMap(setting -> Stream.of("--set", setting))
                        .toArray(String[]::new));
    }

    /** The status line of an answer whose body is as long as it says. */
    private static String answer(Socket socket) throws IOException {
        var in = socket.getInputStream();
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after \"" + head + "\"");
            }
            head.append((char) next);
        }
        var lines = head.toString().toLowerCase(Locale.ROOT).lines().toList();
        int length = lines.stream()
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        in.readNBytes(length);
        return lines.getFirst();
    }

    private static boolean isTurnedAway(Web web) {
        try (var socket = web.socket("TLSv1.3")) {
            Web.say(socket, ASK);
            return !answer(socket).startsWith("http/1.1 401");
        } catch (IOException closed) {
            return true;
        }
    }

    @Test
    void onlySoManyStrangersFromOneAddressMayConnect() throws IOException {
        try (var server = start("http.maxConnectionsPerAddress=3");
                var web = Web.stranger(server);
                var first = web.socket("TLSv1.3");
                var second = web.socket("TLSv1.3")) {
            try (var third = web.socket("TLSv1.3")) {
                for (var socket : List.of(first, second, third)) {
                    Web.say(socket, ASK);
                    assertThat(answer(socket)).startsWith("http/1.1 401");
                }
                assertThat(isTurnedAway(web)).isTrue();
                Web.say(third, ASK_AS_ADMIN);
                assertThat(answer(third)).startsWith("http/1.1 200");
                await().atMost(PATIENCE).until(() -> !isTurnedAway(web));
            }
            try (var fourth = web.socket("TLSv1.3")) {
                Web.say(fourth, ASK);
                assertThat(answer(fourth)).startsWith("http/1.1 401");
                assertThat(isTurnedAway(web))
                        .as("who left as a known one freed no stranger's place")
                        .isTrue();
            }
        }
    }

    @Test
    void aTrustedProxyMayComeForMany() throws IOException {
        try (var server = start("http.maxConnectionsPerAddress=1", "http.trustedProxies=127.0.0.0/8");
                var web = Web.stranger(server);
                var first = web.socket("TLSv1.3")) {
            Web.say(first, ASK);
            assertThat(answer(first)).startsWith("http/1.1 401");
            assertThat(isTurnedAway(web)).isFalse();
        }
    }

    @Test
    void whoComesWhenEveryPlaceIsTakenIsSentAwayUntilOneIsFree() throws IOException {
        try (var server = start("http.maxConnections=2");
                var web = Web.stranger(server)) {
            try (var first = web.socket("TLSv1.3");
                    var second = web.socket("TLSv1.3")) {
                for (var socket : List.of(first, second)) {
                    Web.say(socket, ASK_AS_ADMIN);
                    assertThat(answer(socket)).startsWith("http/1.1 200");
                }
                assertThat(isTurnedAway(web)).isTrue();
            }
            await().atMost(PATIENCE).until(() -> !isTurnedAway(web));
        }
    }

    /** A WebSocket takes its connection over from what speaks HTTP. */
    @Test
    void aWebSocketThatHasGoneLeavesItsPlaceToOthers() throws IOException {
        try (var server = start("http.maxConnections=2");
                var web = Web.stranger(server)) {
            for (int i = 0; i < 5; i++) {
                await().atMost(PATIENCE).until(() -> !isTurnedAway(web));
                try (var socket = web.socket("TLSv1.3")) {
                    Web.say(socket, LISTEN);
                    assertThat(answer(socket)).startsWith("http/1.1 101");
                }
            }
            await().atMost(PATIENCE).until(() -> !isTurnedAway(web));
        }
    }

    @Test
    void aLaterHeaderMayNotTrickleEitherAndSilenceBetweenRequestsMay() throws Exception {
        try (var server = start("http.headerTimeout=2s");
                var web = Web.stranger(server);
                var quiet = web.socket("TLSv1.3");
                var trickling = web.socket("TLSv1.3")) {
            Web.say(quiet, ASK);
            answer(quiet);
            Web.say(trickling, ASK);
            answer(trickling);
            trickling.setSoTimeout(20_000);
            Web.say(trickling, HELLO + "X: ");
            try (var drops = Executors.newSingleThreadScheduledExecutor()) {
                var _ = drops.scheduleAtFixedRate(() -> drop(trickling), 200, 200, TimeUnit.MILLISECONDS);
                assertThat(trickling.getInputStream().read()).as("closed").isNegative();
                drops.shutdownNow();
            }
            Web.say(quiet, ASK);
            assertThat(answer(quiet)).startsWith("http/1.1 401");
        }
    }

    private static void drop(Socket socket) {
        try {
            Web.say(socket, "x");
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    /** A sender on a slow link reads what is said to it only when it has sent what it began with. */
    @Test
    void whoIsRefusedInTheMiddleOfASlowBodyHearsWhyAndKeepsTheConnection() throws Exception {
        try (var server = start();
                var web = Web.admin(server);
                var socket = web.begun("PUT", "/files/nowhere/film", REFUSED)) {
            // For longer than those are waited for who send nothing more.
            for (long begun = System.nanoTime(); System.nanoTime() - begun < SLOW.toNanos(); ) {
                await().pollDelay(Duration.ofMillis(100)).until(() -> true);
                trickle(socket);
            }
            socket.getOutputStream().write(new byte[REFUSED - sent]);
            socket.getOutputStream().flush();
            assertThat(answer(socket)).contains(" 409 ");
            Web.say(socket, ASK_AS_ADMIN);
            assertThat(answer(socket)).contains(" 200 ");
        }
    }

    private void trickle(Socket socket) throws IOException {
        socket.getOutputStream().write(new byte[1_000]);
        socket.getOutputStream().flush();
        sent += 1_000;
    }

    @Test
    void whoSendsNothingMoreOfARefusedBodyIsWaitedForOnlyAMoment() throws Exception {
        try (var server = start();
                var web = Web.admin(server);
                var socket = web.begun("PUT", "/files/nowhere/film", REFUSED)) {
            assertThat(answer(socket)).contains(" 409 ");
            assertThat(socket.getInputStream().read()).isNegative();
        }
    }

    /** Anybody may send it, and many at once over HTTP/2. */
    @Test
    void aLoginIsShort() {
        try (var server = start();
                var web = Web.stranger(server).with("X-Wherry", "page").with("Sec-Fetch-Site", "same-origin")) {
            var asked = new JsonObject().put("user", "admin").put("password", "x".repeat(8 * 1024));
            var refused = web.json("POST", "/session", asked);
            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(Web.code(refused)).isEqualTo("too-large");
            asked.put("password", "x".repeat(1024));
            assertThat(web.json("POST", "/session", asked).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void whoIsSilentForTooLongIsSentAway() throws IOException {
        try (var server = start("http.idleTimeout=400ms");
                var web = Web.stranger(server);
                var socket = web.socket("TLSv1.3")) {
            socket.setSoTimeout(20_000);
            Web.say(socket, ASK);
            answer(socket);
            assertThat(socket.getInputStream().read()).as("closed").isNegative();
        }
    }

    /** A sparse file takes its time to be read, and no room; how large it has to be depends on the machine. */
    @Test
    void aVerificationMayTakeLongerThanSilenceMay() throws IOException {
        try (var server = start("http.idleTimeout=" + SILENCE.toSeconds() + "s");
                var web = Web.admin(server).patient(Duration.ofMinutes(5));
                var file = new RandomAccessFile(server.files().resolve("big").toFile(), "rw")) {
            var took = Duration.ZERO;
            for (long size = 4L << 30; took.compareTo(SILENCE) <= 0; size *= 2) {
                file.setLength(size);
                long before = System.nanoTime();
                var verified = web.post("/files/big?verify");
                took = Duration.ofNanos(System.nanoTime() - before);
                assertThat(verified.statusCode()).isEqualTo(200);
                assertThat(Web.object(verified).getLong("size")).isEqualTo(size);
                assertThat(Web.header(verified, "content-type")).isEqualTo("application/json");
                assertThat(Web.text(verified))
                        .as("something was said meanwhile")
                        .startsWith(" ");
            }
            assertThat(Web.code(web.post("/files/none?verify"))).isEqualTo("not-found");
        }
    }

    /** All of it is handed over, and some of it is not taken: neither the server's queue nor the system's empties. */
    @Test
    void aReaderWhoStopsAtTheEndHoldsUpNoStop() throws Exception {
        try (var server = start();
                var web = Web.admin(server)) {
            var readers = new ArrayList<Socket>();
            try {
                // What the system takes by itself differs; of these some are whole but for what nobody takes.
                for (int size = 1; size <= 12; size++) {
                    web.put("/files/film" + size, new byte[size << 19]);
                    readers.add(stopped(
                            web,
                            "GET /files/film" + size + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                                    + Web.basic("admin", RunningServer.PASSWORD) + "\r\n\r\n"));
                }
                long before = System.nanoTime();
                int code = server.stop();
                var took = Duration.ofNanos(System.nanoTime() - before);
                System.out.println("WebLimitsIT: stopped after " + took);
                assertThat(code).as("exit code").isZero();
                assertThat(took).isLessThan(Duration.ofSeconds(15));
            } finally {
                for (var reader : readers) {
                    reader.close();
                }
            }
        }
    }

    /** Asks, and reads no more than the beginning of the answer. */
    private static Socket stopped(Web web, String request) throws IOException {
        var socket = web.narrowSocket();
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        return socket;
    }
}
