package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails after its first byte must not look whole: somebody shortens a file while it is fetched. */
final class CutAnswersIT {
    private static final int BYTES = 24 << 20;
    /** More than the header of a file in a zip, much less than what waits on the way. */
    private static final int BEGIN = 64 * 1024;

    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

    @TempDir
    Path home;

    @Test
    void aFolderIsNoWholeZipThen() throws Exception {
        try (var server = RunningServer.start(home);
                var web = Web.admin(server)) {
            store(web);
            var whole = fetched(web, "/files/films/?archive=zip", () -> {});
            assertThat(whole.endsWith(LAST_CHUNK)).isTrue();
            var cut = fetched(web, "/files/films/?archive=zip", () -> shorten(server));
            assertThat(cut.length()).isBetween(1, BYTES);
            assertThat(cut.endsWith(LAST_CHUNK)).isFalse();
        }
    }

    @Test
    void aFileIsShorterThanItWasSaidToBeThen() throws Exception {
        try (var server = RunningServer.start(home);
                var web = Web.admin(server)) {
            store(web);
            assertThat(fetched(web, "/files/films/a", () -> {}).length()).isEqualTo(BYTES);
            assertThat(fetched(web, "/files/films/a", () -> shorten(server)).length())
                    .isBetween(1, BYTES - 1);
        }
    }

    private static void store(Web web) {
        assertThat(web.put("/files/films/a?parents=true", Payload.bytes(BYTES, new Random(3)))
                        .statusCode())
                .isEqualTo(201);
    }

    private static void shorten(RunningServer server) throws IOException {
        try (var file = new RandomAccessFile(server.files().resolve("films/a").toFile(), "rw")) {
            file.setLength(1 << 20);
        }
    }

    /** Something that may happen when the content has begun to come. */
    private interface Meanwhile {
        void happens() throws IOException;
    }

    /** The body as it comes over the wire, up to the end of the connection, whichever way that comes. */
    private static String fetched(Web web, String path, Meanwhile meanwhile) throws IOException {
        try (var socket = web.narrowSocket()) {
            Web.say(
                    socket,
                    "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
                            + Web.basic("admin", RunningServer.PASSWORD) + "\r\n\r\n");
            skipHeader(socket);
            var begin = socket.getInputStream().readNBytes(BEGIN);
            meanwhile.happens();
            return new String(begin, StandardCharsets.ISO_8859_1) + rest(socket);
        }
    }

    private static void skipHeader(Socket socket) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("after \"%s\"", head).isNotNegative();
            head.append((char) next);
        }
        assertThat(head).contains(" 200 ");
    }

    private static String rest(Socket socket) throws IOException {
        var body = new StringBuilder();
        var buffer = new byte[64 * 1024];
        try {
            for (int count = socket.getInputStream().read(buffer);
                    count >= 0;
                    count = socket.getInputStream().read(buffer)) {
                body.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException reset) {
            // A connection that is cut ends so, too.
        }
        return body.toString();
    }
}
