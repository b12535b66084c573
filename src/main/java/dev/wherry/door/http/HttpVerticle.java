package dev.wherry.door.http;

import dev.wherry.config.Config;
import dev.wherry.fault.Fault;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SSLEngineOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The web door: for now one page that says that it opens soon, behind the limits and the TLS that it will have. */
public final class HttpVerticle extends VerticleBase {
    private static final int FIRST_LINE = 8 * 1024;

    private final Config.Http http;
    private final Config.Tls tls;
    private final KeyCertOptions certificate;
    private final SSLEngineOptions engine;
    private final Path webroot;

    /** Set once, when it listens. */
    private volatile @Nullable HttpServer server;

    /** @param webroot the folder of the page's files */
    public HttpVerticle(
            Config.Http http, Config.Tls tls, KeyCertOptions certificate, SSLEngineOptions engine, Path webroot) {
        this.http = http;
        this.tls = tls;
        this.certificate = certificate;
        this.engine = engine;
        this.webroot = webroot;
    }

    @Override
    public Future<?> start() {
        return Page.read(vertx, webroot).compose(this::listen).onSuccess(listening -> server = listening);
    }

    /** Where it listens; the system chose when the configured port is 0. */
    public int port() {
        var listening = server;
        if (listening == null) {
            throw new IllegalStateException("the web door is not open yet");
        }
        return listening.actualPort();
    }

    private Future<HttpServer> listen(Page page) {
        var connections = new Connections(vertx, http.maxConnections(), http.headerTimeout());
        return vertx.createHttpServer(options())
                .connectionHandler(connections::opened)
                .requestHandler(request -> {
                    connections.asked(request);
                    answer(page, request);
                })
                .listen();
    }

    private static void answer(Page page, HttpServerRequest request) {
        if (request.headers().getAll(HttpHeaders.HOST).size() != 1) {
            Problem.answerAndClose(request, Fault.MALFORMED.because("a request names its host, once"));
        } else if (page.answer(request).isEmpty()) {
            Problem.answerAndClose(
                    request, Fault.NOT_FOUND.because("there is nothing here yet; the web door opens soon"));
        }
    }

    /** Every default that does not fit is set here, on purpose. */
    private HttpServerOptions options() {
        var options = new HttpServerOptions()
                .setHost(http.host())
                .setPort(http.port())
                .setIdleTimeout(Math.toIntExact(http.idleTimeout().toSeconds()))
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxHeaderSize(http.maxHeader())
                .setMaxInitialLineLength(FIRST_LINE)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(false);
        if (http.tls()) {
            options.setSsl(true)
                    .setKeyCertOptions(certificate)
                    .setSslEngineOptions(engine)
                    .setEnabledSecureTransportProtocols(
                            tls.minimum().equals("1.2") ? Set.of("TLSv1.2", "TLSv1.3") : Set.of("TLSv1.3"))
                    .setSslHandshakeTimeout(http.headerTimeout().toMillis())
                    .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                    .setUseAlpn(true)
                    .setAlpnVersions(List.of(HttpVersion.HTTP_1_1));
        }
        return options;
    }
}
