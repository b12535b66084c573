package dev.wherry.door.http;

import dev.wherry.auth.Auth;
import dev.wherry.config.Config;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Listens for the web: one instance for each event loop, all on one port. */
public final class HttpVerticle extends VerticleBase {
    private static final int FIRST_LINE = 16 * 1024;
    /** Of a body, as it is handed on; the default would cut each TLS record in two. */
    private static final int PIECE = 64 * 1024;

    private static final Duration SWEEP_EVERY = Duration.ofSeconds(30);
    /** Names the port that the system chooses for all instances; the console door names its own 1. */
    private static final int ANY_PORT = 2;

    /** How long a WebSocket's peer may take to agree to its end. */
    private static final int CLOSING_SECONDS = 2;

    /** Bytes that may come before somebody wants them: enough for a fast link, little enough for hundreds. */
    private static final int STREAM_WINDOW = 256 * 1024;

    private static final int CONNECTION_WINDOW = 2 * STREAM_WINDOW;
    /** Requests at once on one connection, as HTTP/2 advises. */
    static final int STREAMS = 100;

    private final HttpParts parts;
    private final Config.Http http;

    /** Set once, when it listens. */
    private volatile @Nullable HttpServer server;

    private volatile @Nullable HttpDoor door;

    private volatile @Nullable Connections connections;

    public HttpVerticle(HttpParts parts) {
        this.parts = parts;
        this.http = parts.config().http();
    }

    @Override
    public Future<?> start() {
        var opened = new HttpDoor(vertx, parts);
        var counted = new Connections(vertx, parts);
        door = opened;
        connections = counted;
        parts.bus().hear(Auth.SESSIONS_ENDED, opened::sessionsEnded);
        vertx.setPeriodic(SWEEP_EVERY.toMillis(), ignored -> opened.sweep());
        return Page.read(vertx, parts.webroot())
                .compose(page -> listen(opened, counted, page))
                .onSuccess(listening -> server = listening);
    }

    /** Where it listens; the system chose when the configured port is 0. */
    public int port() {
        var listening = server;
        if (listening == null) {
            throw new IllegalStateException("the web door is not open yet");
        }
        return listening.actualPort();
    }

    private Future<HttpServer> listen(HttpDoor opened, Connections counted, Page page) {
        return vertx.createHttpServer(options())
                .connectionHandler(counted::opened)
                .requestHandler(new Gateway(opened, counted, page).router())
                .listen(
                        http.port() == 0
                                ? SocketAddress.sharedRandomPort(ANY_PORT, http.host())
                                : SocketAddress.inetSocketAddress(http.port(), http.host()));
    }

    /** Every default that does not fit is set here, on purpose. */
    private HttpServerOptions options() {
        var options = new HttpServerOptions()
                .setIdleTimeout(Math.toIntExact(http.idleTimeout().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxHeaderSize(http.maxHeader())
                .setMaxInitialLineLength(FIRST_LINE)
                .setMaxChunkSize(PIECE)
                .setHttp2ClearTextEnabled(false)
                // The other one shares bytes out by the priorities that Chromium sends, and then forgets streams.
                .setHttp2MultiplexImplementation(true)
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                .setInitialSettings(new Http2Settings()
                        .setInitialWindowSize(STREAM_WINDOW)
                        .setMaxConcurrentStreams(STREAMS)
                        .setMaxHeaderListSize(http.maxHeader()))
                .setMaxWebSocketFrameSize(http.maxMessage())
                .setMaxWebSocketMessageSize(http.maxMessage())
                .setWebSocketClosingTimeout(CLOSING_SECONDS)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setCompressionSupported(false)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setAcceptBacklog(1024);
        if (http.tls()) {
            secure(options);
        }
        return options;
    }

    private void secure(HttpServerOptions options) {
        options.setSsl(true)
                .setKeyCertOptions(parts.certificate())
                .setSslEngineOptions(parts.engine())
                .setEnabledSecureTransportProtocols(
                        parts.config().tls().minimum().equals("1.2") ? Set.of("TLSv1.2", "TLSv1.3") : Set.of("TLSv1.3"))
                .setSslHandshakeTimeout(http.headerTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1));
    }

    @Override
    public Future<?> stop() {
        var opened = door;
        var counted = connections;
        return opened == null || counted == null
                ? Future.succeededFuture()
                : opened.close().onComplete(ended -> counted.cut());
    }
}
