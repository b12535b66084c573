package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.path.Sha256;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many who fetch a file and take nothing of it, until one after the other does: what waits for them fits into memory.
 */
final class SlowReadersIT {
    private static final int READERS = 160;
    private static final int BYTES = 4 << 20;

    @TempDir
    Path home;

    @Test
    void eachGetsTheWholeFileInTheEnd() throws Exception {
        var content = Payload.bytes(BYTES, new Random(11));
        var wanted = digest(content);
        var sockets = new ArrayList<Socket>();
        try (var server = RunningServer.start(home, "--set", "transfers.minimumRate=1");
                var web = Web.admin(server)) {
            assertThat(web.put("/files/film", content).statusCode()).isEqualTo(201);
            for (int i = 0; i < READERS; i++) {
                sockets.add(web.narrowSocket());
                ask(sockets.getLast());
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

    private static Sha256 digest(byte[] bytes) {
        var digest = Sha256.digest();
        digest.update(bytes);
        return Sha256.of(digest);
    }

    private static void ask(Socket socket) throws IOException {
        Web.say(
                socket,
                "GET /files/film HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
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
