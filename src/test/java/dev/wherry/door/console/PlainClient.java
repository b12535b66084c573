package dev.wherry.door.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Says and hears lines. */
final class PlainClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private static final int SOON_MILLIS = 500;

    private final Socket socket;
    private final BufferedReader in;

    PlainClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    void say(String... lines) throws IOException {
        socket.getOutputStream().write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    String line() throws IOException {
        return String.valueOf(in.readLine());
    }

    /** The next line, or nothing when none comes soon. */
    String lineIfThere() throws IOException {
        socket.setSoTimeout(SOON_MILLIS);
        try {
            return line();
        } catch (SocketTimeoutException notYet) {
            return "";
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    String expect(String start) throws IOException {
        var line = line();
        assertThat(line).startsWith(start);
        return line;
    }

    /** So many lines begin so. */
    void skip(String start, int lines) throws IOException {
        for (int i = 0; i < lines; i++) {
            expect(start);
        }
    }

    /** All that comes until the server closes. */
    List<String> rest() throws IOException {
        var lines = new ArrayList<String>();
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
