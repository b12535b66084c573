package dev.wherry.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.config.Config;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ManagementVerticleTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final ManagementVerticle verticle =
            new ManagementVerticle(new Config.Management("127.0.0.1", 0), () -> problems, () -> "# EOF\n");

    @BeforeEach
    void open() {
        vertx.deployVerticle(verticle).await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void aRunningServerIsLiveWhateverItsState() throws Exception {
        problems.add("the disk failed three times within a minute");

        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aServerWithoutProblemsIsReady() throws Exception {
        var response = get("/health/ready");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(response.body()).getString("status")).isEqualTo("ready");
    }

    @Test
    void aServerThatCannotWorkSaysWhy() throws Exception {
        problems.add("the disk failed three times within a minute");

        var response = get("/health/ready");

        assertThat(response.statusCode()).isEqualTo(503);
        var problem = new JsonObject(response.body());
        assertThat(problem.getString("code")).isEqualTo("unavailable");
        assertThat(problem.getString("detail")).contains("the disk failed three times");
    }

    @Test
    void nothingElseIsServedHere() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/health").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + verticle.port() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }
}
