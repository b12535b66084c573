package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers who leave without a word, as scanners and health checks do, leave nothing in the log either. */
final class ResetIT {
    private static final String HEADER = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n";
    private static final int TIMES = 20;

    @TempDir
    Path home;

    @Test
    void whoResetsAConnectionAlarmsNobody() throws Exception {
        try (var server = RunningServer.start(home);
                var web = Web.admin(server)) {
            for (int i = 0; i < TIMES; i++) {
                for (int port : List.of(server.managementPort(), server.webPort(), server.consolePort())) {
                    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        reset(socket);
                    }
                }
                try (var socket = web.socket("TLSv1.3")) {
                    reset(socket);
                }
                try (var client = WireClient.connect(server)) {
                    reset(client.socket());
                }
            }
            assertThat(web.get("/session").statusCode()).isEqualTo(200);
            assertThat(server.stop()).isZero();
            assertThat(server.errors()).doesNotContain("reset").doesNotContain("ERROR");
        }
    }

    private static void reset(Socket socket) throws IOException {
        socket.getOutputStream().write(HEADER.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        socket.setSoLinger(true, 0);
    }
}
