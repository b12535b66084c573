package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as people meet it: in Chromium, on the real server. What is done there stands in src/test/node. */
final class PageIT {
    @TempDir
    private Path home;

    private Node browser(String script, RunningServer server, String... more) {
        return Browser.open(home, script, server, more);
    }

    @Test
    void somebodyWithOnlyABrowserDoesAllOfIt() {
        try (var server = RunningServer.start(home);
                var browser = browser("journey", server)) {
            Browser.endsWell(browser);
            assertThat(server.files().resolve("holiday/day 1/sea.txt")).isNotEmptyFile();
            assertThat(server.files().resolve("empty.bin")).doesNotExist();
        }
    }

    @Test
    void whatIsDroppedArrivesAndATakenNameIsDecidedOn() throws IOException {
        try (var server = RunningServer.start(home);
                var browser = browser("hands", server)) {
            for (var name : List.of("Keep both.bin", "Replace.bin", "Discard mine.bin")) {
                browser.hears(said -> name.equals(said.getString("name")));
                Files.writeString(server.files().resolve(name), "theirs");
                browser.say(new JsonObject());
            }
            Browser.endsWell(browser);
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
            Browser.endsWell(browser);
        } finally {
            server.close();
        }
    }

    @Test
    void anUploadCrossesBetweenTheBrowserAndATerminal() throws Exception {
        try (var server = RunningServer.start(home);
                var web = Web.admin(server);
                var browser = browser("crossing", server, "40")) {
            var terminal = new Client(home, server.clientEnvironment());
            var here = browser.hears(said -> "continue".equals(said.getString("turn")));
            stoppedHalfWay(terminal, web, "put", "--resume", unfinished(web), here.getString("file"));
            browser.say(new JsonObject());
            var there = browser.hears(said -> "begin".equals(said.getString("turn")));
            isRight(server, here);
            stoppedHalfWay(terminal, web, "put", there.getString("file"));
            browser.say(new JsonObject());
            browser.hears(said -> "finish".equals(said.getString("turn")));
            terminal.must("put", "--resume", unfinished(web), there.getString("file"));
            isRight(server, there);
            browser.say(new JsonObject());
            Browser.endsWell(browser);
        }
    }

    /** Runs it until more has come than before, then ends it as Ctrl-C would. */
    private void stoppedHalfWay(Client terminal, Web web, String... command) throws Exception {
        long before = durable(web);
        var arguments = new ArrayList<>(List.of(command));
        arguments.add(1, "--limit-rate=5M");
        var out = Files.createTempFile(home, "put", ".out");
        var err = Files.createTempFile(home, "put", ".err");
        var process = terminal.start(out, err, arguments.toArray(String[]::new));
        await().atMost(Duration.ofSeconds(60)).until(() -> durable(web) > before || !process.isAlive());
        assertThat(process.isAlive())
                .as("it was whole before it could be stopped: %s", Files.readString(err))
                .isTrue();
        process.destroyForcibly().waitFor();
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        Web.items(web.get("/uploads")).stream().noneMatch(one -> one.getBoolean("running", false)));
    }

    private static long durable(Web web) {
        return Web.items(web.get("/uploads")).stream()
                .mapToLong(one -> one.getLong("durable"))
                .sum();
    }

    private static String unfinished(Web web) {
        var items = Web.items(web.get("/uploads"));
        assertThat(items).hasSize(1);
        return items.getFirst().getString("upload");
    }

    private static void isRight(RunningServer server, JsonObject file) {
        assertThat(Payload.sha256(server.files().resolve(file.getString("name")))
                        .hex())
                .isEqualTo(file.getString("sha256"));
    }

    @Test
    void nothingThatAStrangerUploadedRuns() {
        try (var server = RunningServer.start(home);
                var browser = browser("canaries", server)) {
            Browser.endsWell(browser);
        }
    }

    @Test
    void everyViewIsForEverybodyInEveryLight() {
        try (var server = RunningServer.start(home);
                var browser = browser("access", server)) {
            Browser.endsWell(browser);
        }
    }
}
