package dev.wherry.it;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.ReplyLine;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A client of the console door that sends whatever bytes a test wants, over TLS, and trusts every server. */
final class WireClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int CHUNK = 1 << 20;

    private final Socket socket;
    private final InputStream in;

    private WireClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects and hears the greeting. */
    static WireClient greeted(RunningServer server) throws IOException {
        var client = connect(server);
        var greeting = client.reply();
        if (!(greeting instanceof Reply.Greeting)) {
            client.close();
            throw new AssertionError("no greeting: " + greeting);
        }
        return client;
    }

    static WireClient loggedIn(RunningServer server, String user, String password) throws IOException {
        var client = greeted(server);
        client.ask("LOGIN " + user + " \"" + password + "\"");
        return client;
    }

    /** @param token of a session that has begun */
    static WireClient loggedIn(RunningServer server, String token) throws IOException {
        var client = greeted(server);
        client.ask("LOGIN token=" + token);
        return client;
    }

    /** Connects and hears nothing yet. */
    static WireClient connect(RunningServer server) throws IOException {
        var plain = plain(server);
        try {
            var socket = (SSLSocket)
                    trusting().getSocketFactory().createSocket(plain, "localhost", server.consolePort(), true);
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"wherry/1"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return new WireClient(socket);
        } catch (IOException failure) {
            plain.close();
            throw failure;
        }
    }

    /** A bare connection, on which nobody has begun to speak TLS. */
    static Socket plain(RunningServer server) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.consolePort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static SSLContext trusting() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustsAll()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException noTls) {
            throw new IllegalStateException(noTls);
        }
    }

    /** For bytes that are no conversation. */
    Socket socket() {
        return socket;
    }

    /** The end mark of an upload with this content. */
    static String endMark(String content) {
        return endMark(Client.utf8(content));
    }

    private static String endMark(byte[] content) {
        return "0 " + Payload.sha256(content);
    }

    /** An upload's line, its bytes in chunks, and its end mark: all there is to say, in one piece. */
    static byte[] wholeUpload(String path, String size, byte[] content) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(Client.utf8("UPLOAD \"" + path + "\" size=" + size + "\n"));
        for (int start = 0; start < content.length; start += CHUNK) {
            int length = Math.min(CHUNK, content.length - start);
            all.writeBytes(Client.utf8(length + "\n"));
            all.write(content, start, length);
        }
        all.writeBytes(Client.utf8(endMark(content) + "\n"));
        return all.toByteArray();
    }

    WireClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends lines, each with its LF. */
    WireClient say(String... lines) throws IOException {
        return send(Client.utf8(String.join("\n", lines) + "\n"));
    }

    /** Sends one chunk. */
    WireClient chunk(String content) throws IOException {
        var bytes = Client.utf8(content);
        return say(Integer.toString(bytes.length)).send(bytes);
    }

    /** The next line, without its LF. */
    String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed after \"" + line.toString(StandardCharsets.UTF_8) + "\"");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    byte[] content(int bytes) throws IOException {
        var content = in.readNBytes(bytes);
        if (content.length < bytes) {
            throw new EOFException("the server closed within a chunk");
        }
        return content;
    }

    Reply reply() throws IOException {
        return ReplyLine.parse(line());
    }

    /** The next reply that is final. */
    Reply outcome() throws IOException {
        var reply = reply();
        while (!reply.isFinal()) {
            reply = reply();
        }
        return reply;
    }

    /** The facts of the next final reply, which is {@code OK}. */
    Map<String, Object> done() throws IOException {
        return switch (outcome()) {
            case Reply.Ok(var facts) -> facts;
            case Reply other -> throw new AssertionError("not OK: " + ReplyLine.write(other));
        };
    }

    /** The fault of the next final reply, which is {@code ERR}. */
    FaultException failure() throws IOException {
        return switch (outcome()) {
            case Reply.Err(var fault) -> fault;
            case Reply other -> throw new AssertionError("not ERR: " + ReplyLine.write(other));
        };
    }

    Fault fault() throws IOException {
        return failure().fault();
    }

    /** Sends a line and insists on {@code OK}. */
    Map<String, Object> ask(String line) throws IOException {
        return say(line).done();
    }

    /** Sends a line and insists on {@code ERR}. */
    FaultException refusal(String line) throws IOException {
        return say(line).failure();
    }

    /** Sends a whole small file, without waiting; its replies are still to be read. */
    WireClient upload(String path, String content, String... options) throws IOException {
        int size = Client.utf8(content).length;
        say("UPLOAD " + path + " size=" + size
                + String.join("", List.of(options).stream().map(o -> " " + o).toList()));
        return chunk(content).say(endMark(content));
    }

    /** Whether the server has closed; waits for it. A line that comes instead is a mistake of the server. */
    boolean isClosedByServer() throws IOException {
        try {
            int next = in.read();
            if (next >= 0) {
                throw new AssertionError("the server goes on: " + (char) next + line());
            }
            return true;
        } catch (java.net.SocketTimeoutException goesOn) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Says that no more will come, and listens on. */
    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class TrustsAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
