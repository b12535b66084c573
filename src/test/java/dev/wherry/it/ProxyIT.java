package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do passes through nginx, configured as the documentation says, with TLS behind it and without. */
final class ProxyIT {
    private static final int MEBIBYTE = 1 << 20;
    private static final String NAME = "files.example.org";

    private final Random random = Application.random(ProxyIT.class);

    @TempDir
    private Path home;

    @ParameterizedTest(name = "http.tls={0}")
    @ValueSource(booleans = {true, false})
    void allPassesThroughAProxy(boolean tls) throws IOException {
        int port = Nginx.freePort();
        try (var server = RunningServer.start(
                        home,
                        "--set",
                        "http.tls=" + tls,
                        "--set",
                        "http.publicUrl=https://" + NAME + ":" + port,
                        "--set",
                        "http.trustedProxies=127.0.0.1");
                var nginx = Nginx.start(home.resolve("nginx"), port, upstream(server, tls))) {
            byCookie(nginx);
            files(server, nginx);
            tus(server, nginx);
            live(nginx);
            whoAsks(server, nginx, tls);
        }
    }

    @Test
    void somebodyWithOnlyABrowserDoesAllOfItThroughAProxy() throws IOException {
        int port = Nginx.freePort();
        try (var server = RunningServer.start(
                        home,
                        "--set",
                        "http.publicUrl=https://localhost:" + port,
                        "--set",
                        "http.trustedProxies=127.0.0.1");
                var nginx = Nginx.start(home.resolve("nginx"), port, upstream(server, true));
                var browser = Browser.open(home, "journey", nginx, believing(nginx))) {
            Browser.endsWell(browser);
            assertThat(server.files().resolve("holiday/day 1/sea.txt")).isNotEmptyFile();
            assertThat(server.files().resolve("empty.bin")).doesNotExist();
        }
    }

    private static String upstream(RunningServer server, boolean tls) {
        return (tls ? "https" : "http") + "://127.0.0.1:" + server.webPort();
    }

    private Curl outside(Nginx nginx) {
        return Curl.trusting(home, nginx.certificate()).with("--resolve", NAME + ":" + nginx.port() + ":127.0.0.1");
    }

    private Curl admin(Nginx nginx) {
        return outside(nginx).with("--user", "admin:" + RunningServer.PASSWORD);
    }

    private static String at(Nginx nginx, String path) {
        return "https://" + NAME + ":" + nginx.port() + path;
    }

    /** As the page does it. */
    private void byCookie(Nginx nginx) {
        var jar = home.resolve("cookies").toString();
        var own = at(nginx, "");
        var login = new JsonObject().put("user", "admin").put("password", RunningServer.PASSWORD);
        var page = outside(nginx).with("--cookie", jar, "--cookie-jar", jar);
        var said = page.with("-H", "X-Wherry: page", "-H", "Content-Type: application/json")
                .with("-i", "-H", "Origin: " + own, "--data", login.encode())
                .must(own + "/session");
        assertThat(said).contains("__Host-wherry=").contains("Secure");
        assertThat(new JsonObject(page.must(own + "/session")).getString("user"))
                .isEqualTo("admin");
        page.with("-H", "X-Wherry: page", "-H", "Origin: " + own).must("-X", "POST", own + "/files/made/?mkdir");
        assertThat(page.with("-H", "X-Wherry: page", "-H", "Origin: https://elsewhere.example")
                        .run("-X", "POST", own + "/files/not-made/?mkdir")
                        .out())
                .contains("foreign-origin");
        assertThat(page.must(own + "/")).contains("<title>Wherry</title>");
    }

    private void files(RunningServer server, Nginx nginx) throws IOException {
        var sent = Payload.make(home.resolve("through"), 9 * MEBIBYTE, random);
        var back = home.resolve("back");
        admin(nginx).must("-T", sent.file().toString(), at(nginx, "/files/through"));
        assertThat(server.files().resolve("through")).hasSameBinaryContentAs(sent.file());
        admin(nginx).must("-o", back.toString(), at(nginx, "/files/through"));
        assertThat(back).hasSameBinaryContentAs(sent.file());
    }

    private void tus(RunningServer server, Nginx nginx) throws IOException {
        var sent = Payload.make(home.resolve("tus.bin"), 12 * MEBIBYTE, random);
        try (var cutting = new CuttingProxy(nginx.port())) {
            cutting.cut(new CuttingProxy.Cut.Up(4 * MEBIBYTE));
            cutting.cut(new CuttingProxy.Cut.Answer(2 * MEBIBYTE));
            var port = cutting.authority().substring(cutting.authority().indexOf(':'));
            try (var client = Node.start(
                    "tus-upload",
                    believing(nginx),
                    "https://localhost" + port + "/uploads",
                    sent.file().toString(),
                    "tus.bin")) {
                assertThat(client.ends())
                        .as("%s %s", client.said(), client.errors())
                        .isZero();
            }
            assertThat(cutting.cutsMade()).isEqualTo(2);
        }
        assertThat(server.files().resolve("tus.bin")).hasSameBinaryContentAs(sent.file());
    }

    private static Map<String, String> believing(Nginx nginx) {
        return Map.of(
                "NODE_EXTRA_CA_CERTS",
                nginx.certificate().toString(),
                "WHERRY_AUTHORIZATION",
                Web.basic("admin", RunningServer.PASSWORD));
    }

    private void live(Nginx nginx) throws IOException {
        var address = "https://localhost:" + nginx.port();
        try (var live = Node.start("live", believing(nginx), address);
                var bus = Node.start("bus", believing(nginx), address, "wherry.events")) {
            live.hears(said -> said.containsKey("upBytesPerSecond"));
            bus.hears(said -> said.containsKey("open"));
            var file = Files.write(home.resolve("heard"), new byte[] {1});
            admin(nginx).must("-T", file.toString(), at(nginx, "/files/heard"));
            live.hears(said -> "/heard".equals(said.getString("path")));
            bus.hears(said -> said.encode().contains("/heard"));
        }
    }

    /** Forwarded names are believed of the proxy, and of nobody else. */
    private void whoAsks(RunningServer server, Nginx nginx, boolean tls) throws IOException {
        var file = Files.write(home.resolve("who"), new byte[] {1}).toString();
        var proxied = admin(nginx).with("-T", file);
        // Also asked by a proxy before ours, which is on this machine, too.
        proxied.with("-H", "X-Forwarded-For: 203.0.113.9").must(at(nginx, "/files/from-far"));
        proxied.with("--interface", "127.0.0.2", "-H", "X-Forwarded-For: 203.0.113.9")
                .must(at(nginx, "/files/from-a-liar"));
        Curl.trusting(home, tls ? server.data().resolve("tls/certificate.pem") : nginx.certificate())
                .with("--user", "admin:" + RunningServer.PASSWORD, "-T", file)
                .with("--interface", "127.0.0.2", "-H", "X-Forwarded-For: 203.0.113.9")
                .must(upstream(server, tls) + "/files/past-the-proxy");
        var expected = Map.of("/from-far", "203.0.113.9", "/from-a-liar", "127.0.0.2", "/past-the-proxy", "127.0.0.2");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var items = new JsonObject(admin(nginx).must(at(nginx, "/history"))).getJsonArray("items", new JsonArray());
            expected.forEach((path, address) -> assertThat(items.stream()
                            .map(JsonObject.class::cast)
                            .filter(item -> path.equals(item.getString("path"))))
                    .as(path)
                    .isNotEmpty()
                    .allMatch(item -> address.equals(item.getString("address"))));
        });
    }
}
