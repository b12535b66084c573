package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who starts the server for the first time, looks around, and stops it. */
final class FirstMinuteIT {
    @TempDir
    Path temporary;

    @Test
    void theServersOutputBeginsWithTheBannerAndEndsWithTheStop() throws InterruptedException {
        try (var server = RunningServer.start(temporary.resolve("server"))) {
            assertThat(server.stop()).isZero();
            assertThat(server.output().lines().toList()).first().asString().startsWith("Wherry ");
            assertThat(server.output().lines().toList().getLast()).isEqualTo("Wherry has stopped");
            assertThat(server.output()).contains("stopping: SIGTERM or Ctrl-C");
            assertThat(server.errors()).as("libraries that talk").isEmpty();
        }
    }

    @Test
    void theSettingsInForceArePrinted() {
        var client = new Client(temporary.resolve("client"), Map.of());

        assertThat(client.must("config", "show", "--set", "console.port=4452").out())
                .containsPattern("console\\.port +4452 +--set");
        assertThat(client.must("config", "check").out()).endsWith("no mistakes\n");
    }
}
