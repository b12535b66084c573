package dev.wherry.door.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.config.Config;
import dev.wherry.server.Certificates;
import dev.wherry.server.Machine;
import dev.wherry.server.TlsEngine;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The web door as it is for now, on real sockets, with the page and the certificate of the real server. */
final class HttpVerticleTest {
    private static final Config.Tls TLS = new Config.Tls(Optional.empty(), Optional.empty(), "1.3");
    private static final int MAX_HEADER = 8 * 1024;
    private static final int MAX_CONNECTIONS = 4;
    private static final int PATIENCE = 20_000;

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<Socket> sockets = new ArrayList<>();
    private Certificates certificates;

    @BeforeEach
    void makeACertificate() {
        certificates = Certificates.prepare(TLS, folder, Machine.here(), InstantSource.system());
    }

    @AfterEach
    void close() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        vertx.close().await();
    }

    @ParameterizedTest
    @EnumSource
    void thePageIsServedUnderAPolicyThatLetsNothingRun(TlsEngine engine) throws Exception {
        var response = get(open(engine, Duration.ofSeconds(60)), "/");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(header(response, "content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(response, "content-security-policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("script-src", "unsafe", "*");
        assertThat(header(response, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(response.body())
                .contains("The web door opens soon")
                .doesNotContain("<script", "<style", " style=", "http://", "https://");
    }

    @Test
    void whatThePageNeedsIsServedToo() throws Exception {
        int port = open(TlsEngine.best(), Duration.ofSeconds(60));

        assertThat(header(get(port, "/page.css"), "content-type")).isEqualTo("text/css; charset=utf-8");
        assertThat(header(get(port, "/favicon.svg"), "content-type")).isEqualTo("image/svg+xml");
    }

    @Test
    void everythingElseIsAProblemDocument() throws Exception {
        int port = open(TlsEngine.best(), Duration.ofSeconds(60));

        for (var path : List.of("/files/", "/index.html", "/..%2f..%2fpom.xml", "//etc/passwd", "/page.css/")) {
            var response = get(port, path);
            assertThat(response.statusCode()).as(path).isEqualTo(404);
            assertThat(header(response, "content-type")).isEqualTo("application/problem+json");
            assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("not-found");
        }
    }

    @Test
    void aRequestToChangeSomethingIsNotWaitedFor() throws Exception {
        var socket = connect(open(TlsEngine.best(), Duration.ofSeconds(60)), "TLSv1.3");

        send(socket, "PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n");

        assertThat(answer(socket)).startsWith("HTTP/1.1 404").containsIgnoringCase("connection: close");
    }

    @Test
    void olderTlsIsRefused() throws Exception {
        int port = open(TlsEngine.best(), Duration.ofSeconds(60));

        assertThat(connect(port, "TLSv1.3").getSession().getProtocol()).isEqualTo("TLSv1.3");
        assertThatThrownBy(() -> connect(port, "TLSv1.2")).isInstanceOf(SSLException.class);
    }

    @Test
    void aMissingAndADoubledHostAreRefused() throws Exception {
        int port = open(TlsEngine.best(), Duration.ofSeconds(60));

        assertThat(ask(port, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(ask(port, "GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(ask(port, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")).startsWith("HTTP/1.1 400");
    }

    @Test
    void aHeaderOverTheLimitIsRefused() throws Exception {
        int port = open(TlsEngine.best(), Duration.ofSeconds(60));

        assertThat(ask(port, withHeaderOf(MAX_HEADER / 2))).startsWith("HTTP/1.1 200");
        assertThat(ask(port, withHeaderOf(MAX_HEADER + 1))).startsWith("HTTP/1.1 431");
    }

    @Test
    void aHeaderThatTricklesIsCutOff() throws Exception {
        var socket = connect(open(TlsEngine.best(), Duration.ofMillis(500)), "TLSv1.3");

        send(socket, "GET / HTTP/1.1\r\nHost: local");

        assertThat(answer(socket)).isEmpty();
    }

    @Test
    void aConnectionThatAskedInTimeMayStay() throws Exception {
        var socket = connect(open(TlsEngine.best(), Duration.ofMillis(500)), "TLSv1.3");
        send(socket, "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(socket.getInputStream().read()).isEqualTo('H');

        var later = connect(sockets.getFirst().getPort(), "TLSv1.3");
        assertThat(answer(later))
                .as("one that asks nothing is cut off, so that much time has passed")
                .isEmpty();

        send(socket, "HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer(socket)).contains("HTTP/1.1 200");
    }

    @Test
    void aConnectionOverTheLimitIsClosed() throws Exception {
        int port = open(TlsEngine.best(), Duration.ofSeconds(60));
        for (int i = 0; i < MAX_CONNECTIONS; i++) {
            var socket = connect(port, "TLSv1.3");
            send(socket, "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }

        assertThat(answer(connect(port, "TLSv1.3"))).isEmpty();

        sockets.getFirst().close();
        var again = connect(port, "TLSv1.3");
        send(again, "HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer(again)).startsWith("HTTP/1.1 200");
    }

    @Test
    void aFolderWithoutThePageIsFoundAtStart() {
        var verticle = new HttpVerticle(
                http(Duration.ofSeconds(60)),
                TLS,
                certificates.keyCertOptions(),
                TlsEngine.best().options(),
                folder);

        assertThatThrownBy(() -> vertx.deployVerticle(verticle).await()).hasMessageContaining(folder.toString());
    }

    private int open(TlsEngine engine, Duration headerTimeout) {
        var verticle = new HttpVerticle(
                http(headerTimeout), TLS, certificates.keyCertOptions(), engine.options(), Path.of("webroot"));
        vertx.deployVerticle(verticle).await();
        return verticle.port();
    }

    private static Config.Http http(Duration headerTimeout) {
        return new Config.Http(
                "127.0.0.1",
                0,
                true,
                Optional.empty(),
                List.of(),
                List.of(),
                headerTimeout,
                Duration.ofSeconds(60),
                MAX_CONNECTIONS,
                MAX_HEADER,
                65_536,
                65_536);
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        try (var client = HttpClient.newBuilder().sslContext(trusting()).build()) {
            var request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                    .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private SSLContext trusting() throws Exception {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var input = Files.newInputStream(certificates.certificateFile())) {
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(input));
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private SSLSocket connect(int port, String protocol) throws Exception {
        var socket = (SSLSocket) trusting().getSocketFactory().createSocket("localhost", port);
        sockets.add(socket);
        socket.setSoTimeout(PATIENCE);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        return socket;
    }

    private String ask(int port, String text) throws Exception {
        var socket = connect(port, "TLSv1.3");
        send(socket, text);
        var answer = answer(socket);
        socket.close();
        return answer;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** All that comes until the server closes. */
    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String withHeaderOf(int bytes) {
        return "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: " + "x".repeat(bytes) + "\r\n\r\n";
    }
}
