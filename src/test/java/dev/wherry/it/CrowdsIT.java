package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.path.Sha256;
import dev.wherry.protocol.Reply;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Crowds of whom each is harmless: what waits for all of them fits into memory, and breaks nobody's connection. */
final class CrowdsIT {
    private static final int READERS = 160;
    private static final int SENDERS = 200;
    private static final int NAMES = 30_000;
    private static final int BYTES = 4 << 20;

    @TempDir
    Path home;

    @Test
    void thoseWhoReadNothingOfAFileForLongGetAllOfItInTheEnd() throws Exception {
        var content = Payload.bytes(BYTES, new Random(11));
        var wanted = digest(content);
        var sockets = new ArrayList<Socket>();
        try (var server = RunningServer.start(home, "--set", "transfers.minimumRate=1");
                var web = Web.admin(server)) {
            assertThat(web.put("/files/film", content).statusCode()).isEqualTo(201);
            for (int i = 0; i < READERS; i++) {
                sockets.add(web.narrowSocket());
                ask(sockets.getLast(), "film");
            }
            for (var socket : sockets) {
                assertThat(status(socket)).as(server.errors()).contains(" 200 ");
            }
            for (var socket : sockets) {
                assertThat(digest(socket.getInputStream().readNBytes(BYTES)))
                        .as(server.errors())
                        .isEqualTo(wanted);
            }
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void nobodySuffersFromThoseWhoDoNotReadTheirLists() throws Exception {
        var sockets = new ArrayList<Socket>();
        try (var server = RunningServer.start(home)) {
            many(server);
            try (var web = Web.admin(server)) {
                for (int i = 0; i < READERS; i++) {
                    sockets.add(web.narrowSocket());
                    ask(sockets.getLast(), "big/");
                }
                for (var socket : sockets) {
                    assertThat(status(socket)).as(server.errors()).contains(" 200 ");
                }
                refusesMore(web, sockets);
            }
            innocents(server);
            for (var socket : sockets) {
                socket.close();
            }
            try (var web = Web.admin(server)) {
                await().until(() -> web.get("/files/big/").statusCode() == 200);
            }
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void nobodySuffersFromThoseWhoDoNotReadTheirListsAtTheConsole() throws Exception {
        var readers = new ArrayList<WireClient>();
        try (var server = RunningServer.start(home)) {
            many(server);
            for (int i = 0; i < READERS; i++) {
                readers.add(WireClient.loggedIn(server, "admin", RunningServer.PASSWORD));
                readers.getLast().say("LIST /big");
            }
            for (var reader : readers) {
                assertThat(reader.reply()).as(server.errors()).isInstanceOf(Reply.Item.class);
            }
            innocents(server);
        } finally {
            for (var reader : readers) {
                reader.close();
            }
        }
    }

    /** As many as one account may have; what is open stays open. */
    private static void refusesMore(Web web, List<Socket> sockets) throws IOException {
        for (int i = 0; i < READERS; i++) {
            sockets.add(web.narrowSocket());
            ask(sockets.getLast(), "big/");
            if (!status(sockets.getLast()).contains(" 200 ")) {
                assertThat(Web.code(web.get("/files/big/"))).isEqualTo("too-many");
                assertThat(Web.code(web.get("/files/big/?archive=zip"))).isEqualTo("too-many");
                return;
            }
        }
        throw new AssertionError("nobody was refused");
    }

    private static void many(RunningServer server) throws IOException {
        var folder = Files.createDirectory(server.files().resolve("big"));
        for (int i = 0; i < NAMES; i++) {
            Files.createFile(folder.resolve(i + "x".repeat(200)));
        }
    }

    private static void innocents(RunningServer server) {
        for (int i = 0; i < 20; i++) {
            try (var innocent = Web.admin(server)) {
                assertThat(innocent.put("/files/mine" + i, new byte[1 << 20]).statusCode())
                        .isEqualTo(201);
            }
        }
    }

    /** Over HTTP/2 what a sender may send unasked waits in memory, too. */
    @Test
    void twoHundredSendAtOnce() throws Exception {
        var content = Payload.bytes(BYTES, new Random(12));
        try (var server = RunningServer.start(home, "--set", "transfers.maxPerUser=" + 2 * SENDERS);
                var threads = Executors.newFixedThreadPool(SENDERS)) {
            rehearse(server, content);
            var together = new CyclicBarrier(SENDERS);
            var answers = new ArrayList<Future<Integer>>();
            for (int i = 0; i < SENDERS; i++) {
                int mine = i;
                answers.add(threads.submit(() -> {
                    try (var web = Web.modern(server).patient(Duration.ofMinutes(3))) {
                        together.await(1, TimeUnit.MINUTES);
                        return web.put("/files/film" + mine, content).statusCode();
                    }
                }));
            }
            for (var answer : answers) {
                assertThat(answer.get(5, TimeUnit.MINUTES)).as(server.errors()).isEqualTo(201);
            }
        }
    }

    /** A cold program loads its classes on the event loop, and that is not what is tested. */
    private static void rehearse(RunningServer server, byte[] content) {
        for (int i = 0; i < 5; i++) {
            try (var web = Web.modern(server)) {
                assertThat(web.put("/files/rehearsal" + i, content).statusCode())
                        .isEqualTo(201);
            }
        }
    }

    private static Sha256 digest(byte[] bytes) {
        var digest = Sha256.digest();
        digest.update(bytes);
        return Sha256.of(digest);
    }

    private static void ask(Socket socket, String path) throws IOException {
        Web.say(
                socket,
                "GET /files/" + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                        + Web.basic("admin", RunningServer.PASSWORD) + "\r\n\r\n");
    }

    /** All of the header, of which the first line is answered. */
    private static String status(Socket socket) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as(() -> "after \"" + head + "\"").isNotNegative();
            head.append((char) next);
        }
        return head.toString().lines().findFirst().orElseThrow();
    }
}
