package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets through the web door, and how: transport, hosts, origins, sessions. */
final class WebDoorIT {
    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path home) {
        server = RunningServer.start(home, "--set", "http.headerTimeout=2s", "--set", "http.hosts=files.example");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Web stranger() {
        return Web.stranger(server);
    }

    /** A page may ask without an error in its console; whoever shows something wrong is told so all the same. */
    @Test
    void whetherAnybodyIsLoggedInMayBeAskedByNobody() {
        try (var stranger = Web.stranger(server)) {
            var nobody = stranger.get("/session?anybody");
            assertThat(nobody.statusCode()).isEqualTo(200);
            assertThat(Web.object(nobody)).isEmpty();
            var dead = stranger.get("/session?anybody", "Cookie", "__Host-wherry=dead");
            assertThat(Web.object(dead)).isEmpty();
            assertThat(Web.header(dead, "set-cookie")).startsWith("__Host-wherry=;");
            assertThat(stranger.get("/session").statusCode()).isEqualTo(401);
            assertThat(stranger.get("/session?anybody", "Authorization", "Bearer wrong")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(stranger.get("/account/sessions?anybody").statusCode()).isEqualTo(401);
        }
        try (var admin = Web.admin(server)) {
            assertThat(admin.get("/session?anybody").statusCode()).isEqualTo(200);
            assertThat(Web.object(admin.get("/session?anybody")).getString("user"))
                    .isEqualTo("admin");
        }
    }

    @Test
    void thePageIsServedUnderAPolicyThatLetsOnlyItsOwnModulesRun() {
        try (var web = stranger()) {
            var response = web.get("/");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(Web.header(response, "content-type")).isEqualTo("text/html; charset=utf-8");
            assertThat(Web.header(response, "content-security-policy"))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe", "*");
            assertThat(Web.header(response, "x-content-type-options")).isEqualTo("nosniff");
            assertThat(Web.text(response)).doesNotContain("<style", " style=", "http://", "https://");
            assertThat(web.get("/", "If-None-Match", Web.header(response, "etag"))
                            .statusCode())
                    .isEqualTo(304);
        }
    }

    @Test
    void bothVersionsOfHttpAreSpokenAndOlderTlsIsNot() throws IOException {
        try (var web = stranger();
                var modern = Web.modern(server)) {
            assertThat(web.get("/").version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(modern.get("/session").version()).isEqualTo(HttpClient.Version.HTTP_2);
            try (var socket = web.socket("TLSv1.3")) {
                assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            }
            assertThatThrownBy(() -> web.socket("TLSv1.2")).isInstanceOf(SSLException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/files/", "/uploads", "/users", "/stats", "/history", "/live", "/account/tokens", "/quotas"})
    void whoIsNotKnownLearnsNothing(String path) {
        try (var web = stranger()) {
            var response = web.get(path);

            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(Web.header(response, "content-type")).isEqualTo("application/problem+json");
            assertThat(Web.code(response)).isEqualTo("login-required");
            assertThat(Web.header(response, "www-authenticate")).startsWith("Basic");
        }
    }

    @Test
    void whatIsNotThereIsAProblemDocument() {
        try (var web = Web.admin(server)) {
            for (var path : List.of("/nothing", "/..%2f..%2fpom.xml", "//etc/passwd", "/page.css/")) {
                assertThat(Web.code(web.get(path))).as(path).isEqualTo("not-found");
            }
            var response = web.send("PATCH", "/files/a", BodyPublishers.noBody());
            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(Web.code(response)).isEqualTo("unknown-method");
        }
    }

    @Test
    void aMissingADoubledAndAForeignHostAreRefused() throws IOException {
        try (var web = stranger()) {
            assertThat(web.ask("GET / HTTP/1.1\r\nHost: files.example\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
            assertThat(web.ask("GET / HTTP/1.1\r\nHost: [::1]:8443\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
            assertThat(web.ask("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400");
            assertThat(web.ask("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 400");
            assertThat(web.ask("GET /files/a% HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 4");
            assertThat(web.ask("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 421")
                    .contains("foreign-host", "http.hosts");
        }
    }

    @Test
    void aHeaderOverTheLimitAndOneThatTricklesAreRefused() throws IOException {
        try (var web = stranger()) {
            assertThat(web.ask(withHeaderOf(4 * 1024))).startsWith("HTTP/1.1 200");
            assertThat(web.ask(withHeaderOf(9 * 1024))).startsWith("HTTP/1.1 431");
            assertThat(web.ask("GET / HTTP/1.1\r\nHost: local")).isEmpty();
        }
    }

    private static String withHeaderOf(int bytes) {
        return "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: " + "x".repeat(bytes) + "\r\n\r\n";
    }

    private static HttpResponse<byte[]> logIn(Web web, String password, String... more) {
        return web.json(
                "POST", "/session", new JsonObject().put("user", "admin").put("password", password), more);
    }

    @Test
    void theCookieOfALoginCountsForThePageAndForNobodyElse() {
        try (var web = stranger()) {
            var login = logIn(web, RunningServer.PASSWORD, "X-Wherry", "page", "Sec-Fetch-Site", "same-origin");
            assertThat(login.statusCode()).as(Web.text(login)).isEqualTo(200);
            var cookie = Web.header(login, "set-cookie");
            assertThat(cookie).startsWith("__Host-wherry=").contains("Secure", "HTTPOnly", "SameSite=Lax", "Path=/");
            web.with("Cookie", cookie.substring(0, cookie.indexOf(';')));

            assertThat(Web.object(web.get("/session")).getString("user")).isEqualTo("admin");
            assertThat(Web.code(web.post("/files/x/?mkdir"))).isEqualTo("foreign-origin");
            assertThat(Web.code(web.post("/files/x/?mkdir", "X-Wherry", "page", "Sec-Fetch-Site", "cross-site")))
                    .isEqualTo("foreign-origin");
            assertThat(Web.code(web.post("/files/x/?mkdir", "X-Wherry", "page", "Origin", "https://evil.example")))
                    .isEqualTo("foreign-origin");
            assertThat(web.post(
                                    "/files/x/?mkdir",
                                    "X-Wherry",
                                    "page",
                                    "Origin",
                                    web.at("").toString())
                            .statusCode())
                    .isEqualTo(201);

            var mistyped = web.json(
                    "PUT",
                    "/account/password",
                    new JsonObject().put("old", "not mine").put("new", "another good one"),
                    "X-Wherry",
                    "page",
                    "Sec-Fetch-Site",
                    "same-origin");
            assertThat(mistyped.statusCode()).isEqualTo(401);
            assertThat(Web.header(mistyped, "set-cookie"))
                    .as("a living cookie is left alone")
                    .isEmpty();

            var out = web.delete("/session", "X-Wherry", "page", "Sec-Fetch-Site", "same-origin");
            assertThat(out.statusCode()).isEqualTo(200);
            assertThat(Web.header(out, "set-cookie")).startsWith("__Host-wherry=;");
            var dead = web.get("/session");
            assertThat(dead.statusCode()).isEqualTo(401);
            assertThat(Web.header(dead, "set-cookie")).startsWith("__Host-wherry=;");
        }
    }

    @Test
    void aLoginThatAnotherSiteSendsIsNotHeard() {
        try (var web = stranger()) {
            assertThat(Web.code(logIn(web, RunningServer.PASSWORD))).isEqualTo("foreign-origin");
            assertThat(Web.code(logIn(web, RunningServer.PASSWORD, "X-Wherry", "page", "Sec-Fetch-Site", "same-site")))
                    .isEqualTo("foreign-origin");
        }
    }

    @Test
    void guessesAreSlowedDown() {
        try (var web = stranger()) {
            HttpResponse<byte[]> last = web.get("/session", "Authorization", Web.basic("nobody", "guess"));
            assertThat(Web.code(last)).isEqualTo("wrong-login");
            for (int i = 0; i < 20 && last.statusCode() == 401; i++) {
                last = web.get("/session", "Authorization", Web.basic("nobody", "guess" + i));
            }
            assertThat(last.statusCode()).isEqualTo(429);
            assertThat(Web.code(last)).isEqualTo("login-too-fast");
            assertThat(Integer.parseInt(Web.header(last, "retry-after"))).isPositive();
        }
    }

    @Test
    void aTokenOpensTheDoorUntilItIsRevoked() {
        try (var web = Web.admin(server);
                var program = stranger()) {
            var made = web.json(
                    "POST",
                    "/account/tokens",
                    new JsonObject().put("name", "reader").put("rights", List.of("/:list,read")));
            assertThat(made.statusCode()).as(Web.text(made)).isEqualTo(201);
            program.with("Authorization", "Bearer " + Web.object(made).getString("token"));

            assertThat(program.get("/files/").statusCode()).isEqualTo(200);
            assertThat(Web.code(program.put("/files/t", new byte[1]))).isEqualTo("denied");
            assertThat(Web.items(web.get("/account/tokens")))
                    .extracting(token -> token.getString("name"))
                    .contains("reader");

            assertThat(web.delete("/account/tokens/reader").statusCode()).isEqualTo(200);
            assertThat(program.get("/files/").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void accountsAreKeptAtTheWebDoorToo() {
        try (var web = Web.admin(server);
                var user = stranger()) {
            var made = web.json("POST", "/users", new JsonObject().put("name", "carla"));
            assertThat(made.statusCode()).as(Web.text(made)).isEqualTo(201);
            var once = Web.object(made).getString("oneTimePassword");
            user.as("carla", once);

            assertThat(Web.object(user.get("/session")).getBoolean("mustChangePassword"))
                    .isTrue();
            assertThat(Web.code(user.get("/files/"))).isEqualTo("password-change-required");
            var change = new JsonObject().put("old", once).put("new", "a better one it is");
            assertThat(user.json("PUT", "/account/password", change).statusCode())
                    .isEqualTo(200);
            user.as("carla", "a better one it is");
            assertThat(user.get("/files/").statusCode()).isEqualTo(200);
            assertThat(Web.code(user.get("/users"))).isEqualTo("denied");

            var rights = new JsonObject().put("rights", List.of("/team:list,read"));
            assertThat(web.json("PATCH", "/users/carla", rights).statusCode()).isEqualTo(200);
            assertThat(Web.object(web.get("/users/carla/explain?right=read&path=/team/x"))
                            .getBoolean("allowed"))
                    .isTrue();
            assertThat(web.json("PUT", "/quotas/x", new JsonObject().put("bytes", "many"))
                            .statusCode())
                    .isEqualTo(400);
            assertThat(web.delete("/users/carla").statusCode()).isEqualTo(200);
            assertThat(user.get("/session").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void sessionsAreListedAndEndedOneByOne() {
        try (var web = Web.admin(server);
                var page = stranger()) {
            var cookie = Web.header(
                    logIn(page, RunningServer.PASSWORD, "X-Wherry", "page", "Sec-Fetch-Site", "same-origin"),
                    "set-cookie");
            page.with("Cookie", cookie.substring(0, cookie.indexOf(';')));
            var own = Web.items(page.get("/account/sessions")).stream()
                    .filter(session -> session.getBoolean("current"))
                    .findFirst()
                    .orElseThrow();
            assertThat(own.getString("address")).isIn("127.0.0.1", "::1");
            assertThat(own.getString("door")).isEqualTo("web");
            assertThat(own.getString("program")).startsWith("Java-http-client/");
            assertThat(Instant.parse(own.getString("created")))
                    .isAfter(Instant.now().minus(Duration.ofMinutes(5)));

            assertThat(web.delete("/account/sessions/" + own.getString("id")).statusCode())
                    .isEqualTo(200);
            assertThat(page.get("/session").statusCode()).isEqualTo(401);
            assertThat(Web.code(web.delete("/account/sessions/" + own.getString("id"))))
                    .isEqualTo("not-found");
        }
    }

    @Test
    void aBodyThatNobodyWantsIsNotWaitedFor() throws IOException {
        try (var web = stranger()) {
            assertThat(web.ask("PUT /files/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n"))
                    .startsWith("HTTP/1.1 403");
            var login = "POST /session HTTP/1.1\r\nHost: localhost\r\nX-Wherry: page\r\nSec-Fetch-Site: same-origin\r\n"
                    + "Content-Type: application/json\r\nContent-Length: ";
            assertThat(web.ask(login + "100000\r\n\r\n" + " ".repeat(70_000))).startsWith("HTTP/1.1 413");
            assertThat(web.ask(login + "100\r\n\r\n{\"us")).startsWith("HTTP/1.1 408");
        }
    }
}
