package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command prints has been written when it ends well. */
final class OutputIT {
    private static final Path FULL = Path.of("/dev/full");

    private static Path home;
    private static RunningServer server;
    private static Client client;

    @BeforeAll
    static void start(@TempDir Path temporary) throws IOException {
        home = temporary;
        server = RunningServer.start(home);
        client = new Client(home.resolve("client"), server.clientEnvironment());
        Files.createDirectories(client.folder());
        Files.writeString(client.folder().resolve("a"), "a");
        client.must("put", "a", ":/a");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void noCommandEndsWellWhoseOutputWentNowhere() throws Exception {
        var commands = List.of(
                List.of("ls"),
                List.of("ls", "--json"),
                List.of("ls", "--sums"),
                List.of("put", "--overwrite", "a", ":/b"),
                List.of("get", ":/a", "-"),
                List.of("user", "list"),
                List.of("login"),
                List.of("tail", "--metrics"),
                List.of("help"),
                List.of("ls", "--help"),
                List.of("--version"),
                List.of("completion", "bash"),
                List.of("config", "show"));
        for (var command : commands) {
            var err = home.resolve("err");
            var process = client.start(FULL, err, command.toArray(String[]::new));
            assertThat(process.waitFor(1, TimeUnit.MINUTES))
                    .as("%s ends", command)
                    .isTrue();
            assertThat(process.exitValue()).as("%s", command).isEqualTo(10);
            assertThat(err)
                    .as("%s", command)
                    .content()
                    .containsPattern("[Nn]o space left on (device|this machine)")
                    .hasLineCount(1);
        }
    }

    @Test
    void aNameIsTheSameInEveryLocale() throws IOException {
        Files.writeString(client.folder().resolve("été 写.txt"), "é");
        for (var locale : List.of("C", "POSIX", "de_DE.ISO-8859-1", "nowhere")) {
            var told = client.with("LC_ALL", locale).must("put", "--overwrite", "été 写.txt");
            assertThat(told.out()).as(locale).contains(":/été 写.txt");
        }
        assertThat(client.without().with("LANG", "C").must("ls").out()).contains("été 写.txt");
        assertThat(server.files().resolve("été 写.txt")).hasContent("é");
    }

    /** Whoever stops reading had what they wanted: nothing is told, but the code is not that of success. */
    @Test
    void aReaderWhoLeavesEndsACommandQuietly() throws Exception {
        var lines = readBy("head -n 1", "tail --metrics");
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).contains("metrics");
        assertThat(lines.getLast()).isEqualTo("1");
    }

    @Test
    void aReaderWhoLeavesEndsADownloadQuietly() throws Exception {
        Files.writeString(server.files().resolve("long"), "a line\n".repeat(1_000_000));
        assertThat(readBy("head -n 1", "get :/long -")).containsExactly("a line", "1");
        assertThat(readBy("tail -n 1", "get :/long -").getFirst())
                .as("the control: all of it is read, and told")
                .isEqualTo("a line");
    }

    /** What the reader has let through, then the code of the command, then what it said. */
    private List<String> readBy(String reader, String command) throws Exception {
        var script =
                Application.launcher() + " " + command + " 2>err | " + reader + "; echo \"${PIPESTATUS[0]}\"; cat err";
        var builder = new ProcessBuilder("bash", "-c", script)
                .directory(client.folder().toFile());
        builder.environment().putAll(server.clientEnvironment());
        var process = builder.redirectErrorStream(true)
                .redirectOutput(home.resolve("piped").toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return Files.readAllLines(home.resolve("piped"));
    }
}
