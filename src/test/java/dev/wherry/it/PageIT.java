package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as people meet it: in Chromium, on the real server. What is done there stands in src/test/node. */
final class PageIT {
    private static final Path SHOTS = Path.of("target/screenshots").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    @TempDir
    private Path home;

    private Node browser(String script, RunningServer server, String... more) {
        try {
            var work = Files.createDirectories(home.resolve("work"));
            var arguments = new ArrayList<>(
                    List.of("https://localhost:" + server.webPort(), work.toString(), SHOTS.toString()));
            arguments.addAll(List.of(more));
            var environment = new TreeMap<>(Node.admin(server));
            environment.put("WHERRY_ADMIN_PASSWORD", RunningServer.PASSWORD);
            return Node.start(script, environment, arguments.toArray(String[]::new));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void endsWell(Node browser) {
        assertThat(browser.ends(PATIENCE))
                .as("%s\n%s", browser.said(), browser.errors())
                .isZero();
        assertThat(browser.said()).contains(new JsonObject().put("done", true));
    }

    @Test
    void somebodyWithOnlyABrowserDoesAllOfIt() {
        try (var server = RunningServer.start(home);
                var browser = browser("journey", server)) {
            endsWell(browser);
            assertThat(server.files().resolve("holiday/day 1/sea.txt")).isNotEmptyFile();
            assertThat(server.files().resolve("empty.bin")).doesNotExist();
        }
    }

    @Test
    void whateverInterruptsAnUploadItGoesOn() throws InterruptedException {
        var mebibytes = Application.isLong() ? 300 : 60;
        var server = RunningServer.start(home);
        try (var browser = browser("interrupted", server, Integer.toString(mebibytes))) {
            browser.hears(said -> "stop".equals(said.getString("turn")));
            var port = "http.port=" + server.webPort();
            assertThat(server.stop()).isZero();
            browser.say(new JsonObject());
            browser.hears(said -> "start".equals(said.getString("turn")));
            server = RunningServer.start(home, "--set", port);
            browser.say(new JsonObject());
            var digests = browser.hears(said -> said.containsKey("digests")).getJsonObject("digests");
            assertThat(digests.fieldNames()).hasSize(3);
            for (var name : digests.fieldNames()) {
                assertThat(Payload.sha256(server.files().resolve(name)).hex()).isEqualTo(digests.getString(name));
            }
            browser.say(new JsonObject());
            endsWell(browser);
        } finally {
            server.close();
        }
    }

    @Test
    void nothingThatAStrangerUploadedRuns() {
        try (var server = RunningServer.start(home);
                var browser = browser("canaries", server)) {
            endsWell(browser);
        }
    }

    @Test
    void everyViewIsForEverybodyInEveryLight() {
        try (var server = RunningServer.start(home);
                var browser = browser("access", server)) {
            endsWell(browser);
        }
    }
}
