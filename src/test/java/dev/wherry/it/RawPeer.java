package dev.wherry.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Somebody who speaks the console protocol by hand: what is sent when, and when it is closed, is the test's. */
final class RawPeer implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    /** Connects, hears the greeting, and logs in. */
    RawPeer(RunningServer server, String token) throws IOException {
        socket = context().getSocketFactory().createSocket("127.0.0.1", server.consolePort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        in = socket.getInputStream();
        line();
        send("LOGIN token=" + token + "\n");
        line();
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the server closed the connection");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** The next final reply; what comes before it is passed over. */
    String answer() throws IOException {
        var line = line();
        while (!line.startsWith("OK ") && !line.startsWith("ERR ")) {
            line = line();
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** An upload's line, its bytes in chunks, and its end mark: all there is to say, in one piece. */
    static byte[] wholeUpload(String path, String size, byte[] content) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(Client.utf8("UPLOAD \"" + path + "\" size=" + size + "\n"));
        for (int start = 0; start < content.length; start += 1 << 20) {
            int length = Math.min(1 << 20, content.length - start);
            all.writeBytes(Client.utf8(length + "\n"));
            all.write(content, start, length);
        }
        all.writeBytes(Client.utf8("0 " + Payload.sha256(content) + "\n"));
        return all.toByteArray();
    }

    private static SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
