package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector of metrics gets from the management port, and that it counts what both doors do. */
final class PrometheusIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path home;

    private final Random random = Application.random(PrometheusIT.class);

    @Test
    void histogramsOfBothDoorsAreThereAndGrow() throws IOException {
        try (var server = RunningServer.start(home);
                var web = Web.admin(server)) {
            transfers(server, web, 1);
            var first = collected(server, 1);
            transfers(server, web, 2);
            transfers(server, web, 3);
            var second = collected(server, 3);
            for (var name : List.of("wherry_disk_sync_seconds_count", "wherry_request_seconds_count")) {
                assertThat(first.sum(name)).as(name).isPositive();
                assertThat(second.sum(name)).as(name).isGreaterThan(first.sum(name));
            }
            for (var door : List.of("console", "web")) {
                for (var direction : List.of("upload", "download")) {
                    assertThat(second.sum("wherry_transfer_bytes_total", "door", door, "direction", direction))
                            .isGreaterThanOrEqualTo(6_000_000);
                    assertThat(second.sum("wherry_transfer_seconds_sum", "door", door, "direction", direction))
                            .isPositive();
                }
            }
            assertThat(second.samples())
                    .as("no name of a user, no path, no address is a label")
                    .noneMatch(sample -> sample.labels().values().stream()
                            .anyMatch(value -> value.contains("secret-name")
                                    || value.contains("127.0.0.1")
                                    || value.contains("admin")));
        }
    }

    private void transfers(RunningServer server, Web web, int number) throws IOException {
        var bytes = Payload.bytes(2_000_000, random);
        assertThat(web.put("/files/secret-name-web" + number, bytes).statusCode())
                .isEqualTo(201);
        assertThat(web.get("/files/secret-name-web" + number).body()).isEqualTo(bytes);
        var sent = Payload.make(home.resolve("secret-name" + number), bytes.length, random);
        var client = new Client(home, server.clientEnvironment());
        client.must("put", sent.file().toString());
        client.must(
                "get", ":/secret-name" + number, home.resolve("back" + number).toString());
    }

    /** Waits until so many transfers each way through each door are counted: it is told after their answer. */
    private static Exposition collected(RunningServer server, int count) {
        return await().atMost(PATIENCE).until(() -> collected(server), told -> {
            for (var door : List.of("console", "web")) {
                for (var direction : List.of("upload", "download")) {
                    var done = told.sum(
                            "wherry_transfer_seconds_count", "door", door, "direction", direction, "outcome", "done");
                    var rate = told.sum(
                            "wherry_transfer_rate_bytes_per_second_count", "door", door, "direction", direction);
                    if (done < count || rate < count) {
                        return false;
                    }
                }
                if (told.sum("wherry_transfer_first_byte_seconds_count", "door", door, "direction", "download")
                        < count) {
                    return false;
                }
            }
            return true;
        });
    }

    private static Exposition collected(RunningServer server) {
        var curl = new Curl(Path.of("").toAbsolutePath(), List.of("--disable", "--silent"));
        var said = curl.must("-i", "http://127.0.0.1:" + server.managementPort() + "/metrics");
        int body = said.indexOf("\r\n\r\n");
        assertThat(said.substring(0, body).toLowerCase(java.util.Locale.ROOT))
                .contains("content-type: application/openmetrics-text; version=1.0.0; charset=utf-8");
        var told = Exposition.parse(said.substring(body + 4));
        told.checkHistograms();
        assertThat(told.types())
                .containsEntry("wherry_transfer_seconds", "histogram")
                .containsEntry("wherry_transfer_rate_bytes_per_second", "histogram")
                .containsEntry("wherry_transfer_first_byte_seconds", "histogram")
                .containsEntry("wherry_disk_sync_seconds", "histogram")
                .containsEntry("wherry_request_seconds", "histogram")
                .containsEntry("wherry_transfers_running", "gauge")
                .containsEntry("wherry_disk_free_bytes", "gauge");
        return told;
    }

    @Test
    void whatIsNoExpositionIsFound() {
        Exposition.parse("# TYPE a histogram\na_bucket{le=\"1.0\"} 1\na_bucket{le=\"+Inf\"} 2\na_count 2\n# EOF\n")
                .checkHistograms();
        for (var wrong : List.of(
                "# TYPE a gauge\na 1\n",
                "# TYPE a gauge\nb 1\n# EOF\n",
                "# TYPE a gauge\na{b=\"c} 1\n# EOF\n",
                "# TYPE a counter\na 1\n# EOF\n",
                "# TYPE a histogram\na_bucket{le=\"1.0\"} 3\na_bucket{le=\"+Inf\"} 2\na_count 2\n# EOF\n",
                "# TYPE a histogram\na_bucket{le=\"1.0\"} 1\na_bucket{le=\"+Inf\"} 2\na_count 3\n# EOF\n")) {
            assertThatThrownBy(() -> Exposition.parse(wrong).checkHistograms())
                    .as(wrong)
                    .isInstanceOf(AssertionError.class);
        }
    }
}
