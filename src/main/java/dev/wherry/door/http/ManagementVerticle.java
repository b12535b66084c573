package dev.wherry.door.http;

import dev.wherry.config.Config;
import dev.wherry.fault.Fault;
import dev.wherry.metrics.Measures;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The management port: for supervisors and load balancers, on the loopback address unless configured. */
public final class ManagementVerticle extends VerticleBase {
    private static final int IDLE_SECONDS = 30;
    private static final int MAX_HEADER = 8 * 1024;

    private final Config.Management management;
    private final Readiness readiness;
    private final Supplier<String> measures;

    /** Set once, when it listens. */
    private volatile @Nullable HttpServer server;

    /** @param measures everything that is measured, in the text format of OpenMetrics */
    public ManagementVerticle(Config.Management management, Readiness readiness, Supplier<String> measures) {
        this.management = management;
        this.readiness = readiness;
        this.measures = measures;
    }

    @Override
    public Future<?> start() {
        var options = new HttpServerOptions()
                .setHost(management.host())
                .setPort(management.port())
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxHeaderSize(MAX_HEADER)
                .setHttp2ClearTextEnabled(false);
        return vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .listen()
                .onSuccess(listening -> server = listening);
    }

    /** Where it listens; the system chose when the configured port is 0. */
    public int port() {
        var listening = server;
        if (listening == null) {
            throw new IllegalStateException("the management port is not open yet");
        }
        return listening.actualPort();
    }

    private void answer(HttpServerRequest request) {
        var response = request.response();
        switch (request.method().name() + " " + request.path()) {
            case "GET /health/live", "HEAD /health/live" -> say(response, "live");
            case "GET /health/ready", "HEAD /health/ready" -> sayWhetherReady(response);
            case "GET /metrics", "HEAD /metrics" ->
                response.putHeader(HttpHeaders.CONTENT_TYPE, Measures.TYPE)
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end(measures.get());
            default ->
                Problem.answerAndClose(
                        request,
                        Fault.NOT_FOUND.because("there is only /health/live, /health/ready and /metrics here"));
        }
    }

    private void sayWhetherReady(HttpServerResponse response) {
        var problems = readiness.problems();
        if (problems.isEmpty()) {
            say(response, "ready");
        } else {
            Problem.answer(response, Fault.UNAVAILABLE.because(String.join("; ", problems)));
        }
    }

    private static void say(HttpServerResponse response, String status) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, JsonLine.TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(JsonLine.of(new JsonObject().put("status", status)));
    }
}
