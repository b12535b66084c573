package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
            // A blocked event loop has a check of its own.
            assertThat(server.errors()
                            .lines()
                            .filter(line -> !line.startsWith(" ") && !line.contains("has been blocked")))
                    .as("libraries that talk")
                    .isEmpty();
        }
    }

    /** A pipe may end in a journal that others read. */
    @Test
    void withoutATerminalTheOneTimePasswordIsInItsNoteAlone() throws IOException {
        var home = temporary.resolve("first");
        try (var server = RunningServer.start(home, Map.of("WHERRY_ADMIN_PASSWORD_FILE", ""))) {
            var password =
                    Files.readAllLines(server.data().resolve("first-login.txt")).getFirst();
            assertThat(password).hasSizeGreaterThan(8);
            assertThat(server.output() + server.errors())
                    .contains("first login", "first-login.txt")
                    .doesNotContain(password);
        }
        int before = Files.readString(home.resolve("server.out")).length();
        try (var again = RunningServer.start(home, Map.of("WHERRY_ADMIN_PASSWORD_FILE", ""))) {
            assertThat(again.output().substring(before))
                    .as("nobody has logged in yet")
                    .contains("first login", "first-login.txt");
        }
    }

    @Test
    void whatPeopleCallItStandsFirst() {
        var home = temporary.resolve("public");
        try (var server = RunningServer.start(home, "--set", "http.publicUrl=https://files.example.org")) {
            assertThat(server.output()).containsPattern("web +https://files.example.org/\n +https://127.0.0.1:");
        }
    }

    /** As the script does that builds first. */
    @Test
    void whoRunsFromSourcesReadsNothingOfTheBuildsOwnFolders() {
        var home = temporary.resolve("sources");
        try (var server = RunningServer.start(home, Map.of("WHERRY_STARTED_AS", "../scripts/wherry"))) {
            assertThat(server.output())
                    .contains("elsewhere    ../scripts/wherry login admin@127.0.0.1:" + server.consolePort() + " \\\n")
                    .containsPattern("settings +built-in defaults, and [1-9][0-9]* by --set\n")
                    .doesNotContain("target/");
            assertThat(server.errors()).doesNotContain("WHERRY_STARTED_AS");
        }
    }

    @Test
    void aStartThatFailsSaysWhyAndNothingElse() throws Exception {
        var other = temporary.resolve("other");
        try (var server = RunningServer.start(temporary.resolve("one"))) {
            var process =
                    RunningServer.launch(other, Map.of(), List.of("--set", "console.port=" + server.consolePort()));
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
        }
        assertThat(other.resolve("server.out")).isEmptyFile();
        assertThat(other.resolve("data")).doesNotExist();
        // A blocked event loop has a check of its own.
        assertThat(Files.readAllLines(other.resolve("server.err")))
                .filteredOn(line -> !line.startsWith(" ") && !line.contains("has been blocked"))
                .singleElement()
                .asString()
                .contains("console.port");
    }

    @Test
    void theSettingsInForceArePrinted() {
        var client = new Client(temporary.resolve("client"), Map.of());

        assertThat(client.must("config", "show", "--set", "console.port=4452").out())
                .containsPattern("console\\.port +4452 +--set");
        assertThat(client.must("config", "check").out()).endsWith("no mistakes\n");
    }
}
