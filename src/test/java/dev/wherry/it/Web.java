package dev.wherry.it;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A program at the web door: the JDK's HTTP client, which trusts just this server's certificate. */
final class Web implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI base;
    private final SSLContext trust;
    private final HttpClient client;
    private final Map<String, String> headers = new TreeMap<>();
    private Duration patience = PATIENCE;

    private Web(URI base, SSLContext trust, HttpClient.Version version) {
        this.base = base;
        this.trust = trust;
        this.client = HttpClient.newBuilder()
                .sslContext(trust)
                .version(version)
                .connectTimeout(PATIENCE)
                .build();
    }

    /** Nobody in particular, by HTTP/1.1. */
    static Web stranger(RunningServer server) {
        return new Web(base(server.webPort()), trusting(server), HttpClient.Version.HTTP_1_1);
    }

    static Web admin(RunningServer server) {
        return stranger(server).as("admin", RunningServer.PASSWORD);
    }

    /** The same by HTTP/2. */
    static Web modern(RunningServer server) {
        return new Web(base(server.webPort()), trusting(server), HttpClient.Version.HTTP_2)
                .as("admin", RunningServer.PASSWORD);
    }

    /** By way of something else that hands bytes on. */
    static Web by(RunningServer server, int port) {
        return new Web(base(port), trusting(server), HttpClient.Version.HTTP_1_1).as("admin", RunningServer.PASSWORD);
    }

    private static URI base(int port) {
        return URI.create("https://localhost:" + port);
    }

    Web as(String user, String password) {
        return with("Authorization", basic(user, password));
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** For answers that take their time, because many are waited for at once. */
    Web patient(Duration longer) {
        patience = longer;
        return this;
    }

    Web with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    Web without(String header) {
        headers.remove(header);
        return this;
    }

    URI at(String path) {
        return URI.create(base + path);
    }

    /** What is said with every request. */
    Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    SSLContext trust() {
        return trust;
    }

    /** @param more names and values of headers, in turns */
    HttpResponse<byte[]> send(String method, String path, BodyPublisher body, String... more) {
        var request = HttpRequest.newBuilder(at(path)).timeout(patience).method(method, body);
        headers.forEach(request::header);
        for (int i = 0; i < more.length; i += 2) {
            request.header(more[i], more[i + 1]);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException failure) {
            throw new AssertionError(method + " " + path, failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    /** The content of an answer as it comes. */
    InputStream stream(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(at(path)).GET();
        headers.forEach(request::header);
        return client.send(request.build(), BodyHandlers.ofInputStream()).body();
    }

    HttpResponse<byte[]> get(String path, String... more) {
        return send("GET", path, BodyPublishers.noBody(), more);
    }

    HttpResponse<byte[]> put(String path, byte[] bytes, String... more) {
        return send("PUT", path, BodyPublishers.ofByteArray(bytes), more);
    }

    HttpResponse<byte[]> post(String path, String... more) {
        return send("POST", path, BodyPublishers.noBody(), more);
    }

    HttpResponse<byte[]> json(String method, String path, JsonObject body, String... more) {
        return with("Content-Type", "application/json")
                .send(method, path, BodyPublishers.ofByteArray(body.toBuffer().getBytes()), more);
    }

    HttpResponse<byte[]> delete(String path, String... more) {
        return send("DELETE", path, BodyPublishers.noBody(), more);
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    static JsonObject object(HttpResponse<byte[]> response) {
        return new JsonObject(text(response));
    }

    static List<JsonObject> items(HttpResponse<byte[]> response) {
        return object(response).getJsonArray("items", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    static List<JsonObject> lines(HttpResponse<byte[]> response) {
        return text(response).lines().map(JsonObject::new).toList();
    }

    static String code(HttpResponse<byte[]> response) {
        return object(response).getString("code");
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** A socket of one's own, encrypted. */
    SSLSocket socket(String protocol) throws IOException {
        var socket = (SSLSocket) trust.getSocketFactory().createSocket("localhost", base.getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        return socket;
    }

    /** The same, which the system takes little for before it is read. */
    SSLSocket narrowSocket(String... applicationProtocols) throws IOException {
        var plain = new Socket();
        plain.setReceiveBufferSize(8 * 1024);
        plain.connect(new InetSocketAddress("localhost", base.getPort()));
        var socket = (SSLSocket) trust.getSocketFactory().createSocket(plain, "localhost", base.getPort(), true);
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(applicationProtocols);
        socket.setSSLParameters(parameters);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.startHandshake();
        return socket;
    }

    /**
     * A request that has begun, on a connection of its own: of its body not a byte is sent yet.
     *
     * @param more names and values of headers, in turns
     */
    SSLSocket begun(String method, String path, long length, String... more) throws IOException {
        return begun(method, path, "Content-Length: " + length, more);
    }

    /** The same for a body in chunks, of which each says its own length. */
    SSLSocket begunInChunks(String method, String path, String... more) throws IOException {
        return begun(method, path, "Transfer-Encoding: chunked", more);
    }

    private SSLSocket begun(String method, String path, String framing, String... more) throws IOException {
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        for (int i = 0; i < more.length; i += 2) {
            head.append(more[i] + ": " + more[i + 1] + "\r\n");
        }
        var socket = socket("TLSv1.3");
        say(socket, head + framing + "\r\n\r\n");
        return socket;
    }

    static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** All that comes until the server closes. */
    static String heard(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** What a server answers to just this, on a connection of its own. */
    String ask(String text) throws IOException {
        try (var socket = socket("TLSv1.3")) {
            say(socket, text);
            return heard(socket);
        }
    }

    private static SSLContext trusting(RunningServer server) {
        return trusting(server.data().resolve("tls/certificate.pem"));
    }

    private static SSLContext trusting(Path certificate) {
        try (var input = Files.newInputStream(certificate)) {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(input));
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
