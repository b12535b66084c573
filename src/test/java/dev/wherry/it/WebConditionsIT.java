package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request says about the version that it means (RFC 9110, 13), and what HEAD says of everything else. */
final class WebConditionsIT {
    private static final String LONG_AGO = "Thu, 01 Jan 2026 00:00:00 GMT";
    private static final String LATER = "Thu, 01 Jan 2099 00:00:00 GMT";
    private static final AtomicInteger NAMES = new AtomicInteger();

    private static RunningServer server;
    private static Web web;

    @BeforeAll
    static void start(@TempDir Path home) {
        server = RunningServer.start(home);
        web = Web.admin(server);
    }

    @AfterAll
    static void stop() {
        web.close();
        server.close();
    }

    private static String fresh() {
        return "/files/condition" + NAMES.incrementAndGet();
    }

    private static String existing() {
        var path = fresh();
        assertThat(web.put(path, new byte[10]).statusCode()).isEqualTo(201);
        return path;
    }

    private static String etag(String path) {
        return Web.header(web.send("HEAD", path, BodyPublishers.noBody()), "etag");
    }

    private static int put(String path, String... headers) {
        return web.put(path, new byte[20], headers).statusCode();
    }

    @Test
    void aListOrAStarNamesTheVersionThatMayBeReplaced() {
        var path = existing();
        assertThat(put(path, "If-Match", "\"a\", " + etag(path) + ", \"b\"")).isEqualTo(200);
        assertThat(put(path, "If-Match", "\"a\", \"b\"")).isEqualTo(412);
        assertThat(put(path, "If-Match", "W/" + etag(path))).as("weak").isEqualTo(412);
        assertThat(put(path, "If-Match", "*")).isEqualTo(200);
        assertThat(put(fresh(), "If-Match", "*")).as("nothing is there").isEqualTo(412);
        assertThat(put(fresh(), "If-Match", "\"a\", \"b\"")).isEqualTo(412);
        assertThat(put(path, "If-Match", "no etag")).isEqualTo(400);
    }

    @Test
    void aTimeNamesTheVersionThatMayBeReplaced() {
        var path = existing();
        assertThat(put(path, "If-Unmodified-Since", LONG_AGO)).isEqualTo(412);
        assertThat(put(path, "If-Unmodified-Since", LATER)).isEqualTo(200);
        assertThat(put(path, "If-Unmodified-Since", LONG_AGO, "If-Match", etag(path)))
                .as("an etag says it better")
                .isEqualTo(200);
        assertThat(put(fresh(), "If-Unmodified-Since", LONG_AGO))
                .as("what is not there has no time")
                .isEqualTo(201);
        assertThat(web.get(path, "If-Unmodified-Since", LONG_AGO).statusCode()).isEqualTo(412);
        assertThat(web.get(path, "If-Unmodified-Since", LATER).statusCode()).isEqualTo(200);
    }

    @Test
    void onlyTheVersionThatIsMeantIsDeleted() {
        var path = existing();
        assertThat(Web.code(web.delete(path, "If-Match", "\"another\""))).isEqualTo("changed");
        assertThat(web.delete(path, "If-Unmodified-Since", LONG_AGO).statusCode())
                .isEqualTo(412);
        assertThat(web.delete(path, "If-Match", etag(path)).statusCode()).isEqualTo(200);
        assertThat(web.delete(existing(), "If-Unmodified-Since", LATER).statusCode())
                .isEqualTo(200);
        assertThat(web.delete(existing(), "If-Match", "*").statusCode()).isEqualTo(200);
        assertThat(web.delete(fresh(), "If-Match", "*").statusCode()).isEqualTo(412);
    }

    @Test
    void aNameThatIsTakenWhileItIsSentIsAFailedCondition() throws IOException {
        var path = fresh();
        var name = path.substring("/files/".length());
        try (var socket = web.socket("TLSv1.3")) {
            Web.say(
                    socket,
                    "PUT " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nIf-None-Match: *\r\n"
                            + "Authorization: " + Web.basic("admin", RunningServer.PASSWORD)
                            + "\r\nContent-Length: 10\r\n\r\nhello");
            await().until(() -> Web.items(web.get("/transfers")).stream()
                    .anyMatch(one -> one.getString("path").equals("/" + name)));
            Files.writeString(server.files().resolve(name), "quicker");
            Web.say(socket, "world");
            assertThat(Web.heard(socket)).startsWith("HTTP/1.1 412").contains("\"exists\"");
        }
        assertThat(server.files().resolve(name)).hasContent("quicker");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/session",
                "/account/tokens",
                "/account/sessions",
                "/users",
                "/quotas",
                "/uploads",
                "/transfers",
                "/stats",
                "/history?format=csv",
                "/files/",
                "/files/here?stat",
                "/files/?sums",
                "/files/?archive=zip",
                "/",
            })
    void headAnswersAsGetWould(String path) {
        web.put("/files/here?overwrite=true", new byte[10]);
        try (var modern = Web.modern(server)) {
            for (var client : new Web[] {web, modern}) {
                var get = client.get(path);
                var head = client.send("HEAD", path, BodyPublishers.noBody());
                assertThat(head.statusCode()).isEqualTo(get.statusCode()).isEqualTo(200);
                assertThat(Web.header(head, "content-type")).isEqualTo(Web.header(get, "content-type"));
                assertThat(Web.header(head, "content-disposition")).isEqualTo(Web.header(get, "content-disposition"));
                assertThat(head.body()).isEmpty();
            }
        }
    }

    @Test
    void headOfWhatTakesNoGetIsRefusedInItsWords() {
        HttpResponse<byte[]> refused = web.send("HEAD", "/files/nothing", BodyPublishers.noBody());
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(web.send("HEAD", "/account/password", BodyPublishers.noBody())
                        .statusCode())
                .isEqualTo(405);
    }
}
