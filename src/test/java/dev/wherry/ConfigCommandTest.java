package dev.wherry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    Path file = Path.of("");

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(folder.resolve("wherry.json"), "{\n  \"http\": {\"port\": 9443}\n}\n");
    }

    @Test
    void showGivesEachValueAndWhereItComesFromInColumns() {
        assertThat(config("show", "--config", file.toString(), "--set", "console.port=4452"))
                .isZero();
        var lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).anyMatch(line -> line.matches("console\\.port +4452 +--set"));
        assertThat(lines).anyMatch(line -> line.matches("files\\.folder +\"\" +default"));
        assertThat(lines).anyMatch(line -> line.matches("http\\.port +9443 .*wherry\\.json, line 2, column \\d+"));
        assertThat(lines.stream().map(line -> line.indexOf("default")).filter(at -> at >= 0))
                .as("where the last column begins")
                .containsOnly(lines.getFirst().indexOf("default"));
    }

    @Test
    void checkNamesTheFileWithoutMistakes() {
        assertThat(config("check", "--config", file.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(file + ": no mistakes\n");
    }

    @Test
    void checkNamesEveryMistake() {
        assertThat(config("check", "--config", file.toString(), "--set", "http.prot=1", "--set", "console.port=x"))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("http.prot").contains("console.port");
    }

    private int config(String... arguments) {
        return ConfigCommand.with(stream(out), stream(err)).execute(arguments);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
