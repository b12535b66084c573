package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A script of src/test/node that drives Chromium: what somebody does at the page. */
final class Browser {
    private static final Path SHOTS = Path.of("target/screenshots").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private Browser() {}

    /** At the server itself. */
    static Node open(Path home, String script, RunningServer server, String... more) {
        return open(home, script, "https://localhost:" + server.webPort(), SHOTS, Node.admin(server), more);
    }

    /** Through a proxy in front of a server. */
    static Node open(Path home, String script, Nginx nginx, Map<String, String> believing) {
        return open(home, script, "https://localhost:" + nginx.port(), SHOTS.resolve("nginx"), believing);
    }

    private static Node open(
            Path home, String script, String origin, Path shots, Map<String, String> believing, String... more) {
        try {
            var work = Files.createDirectories(home.resolve("work"));
            var arguments = new ArrayList<>(List.of(origin, work.toString(), shots.toString()));
            arguments.addAll(List.of(more));
            var environment = new TreeMap<>(believing);
            environment.put("WHERRY_ADMIN_PASSWORD", RunningServer.PASSWORD);
            return Node.start(script, environment, arguments.toArray(String[]::new));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static void endsWell(Node browser) {
        assertThat(browser.ends(PATIENCE))
                .as("%s\n%s", browser.said(), browser.errors())
                .isZero();
        assertThat(browser.said()).contains(new JsonObject().put("done", true));
    }
}
