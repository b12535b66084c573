package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes through a pipe goes up, comes back through one, and what was wrong with it is told by the exit code. */
final class PipesIT {
    @TempDir
    Path temporary;

    @Test
    void aPipeGoesUpAndComesBack() throws IOException, InterruptedException {
        try (var server = RunningServer.start(temporary.resolve("server"))) {
            var client = new Client(temporary.resolve("client"), server.clientEnvironment());
            Files.createDirectories(client.folder());
            var content = new byte[3_000_001];
            new Random(7).nextBytes(content);
            var input = Files.write(client.folder().resolve("input"), content);

            client.reading(input).must("put", "-", ":/piped.bin");
            assertThat(server.files().resolve("piped.bin")).hasBinaryContent(content);
            var back = client.folder().resolve("back");
            var err = client.folder().resolve("err");
            assertThat(client.start(back, err, "get", "--limit-rate=20M", ":/piped.bin", "-")
                            .waitFor())
                    .as(Files.readString(err))
                    .isZero();
            assertThat(back).hasBinaryContent(content);
            assertThat(err).content().contains("sha256");

            assertThat(client.start(back, err, "get", ":/missing", "-").waitFor())
                    .isEqualTo(5);
            assertThat(back).isEmptyFile();
        }
    }

    /** Ctrl-C ends those as well who write into the pipe: that this ends is then no sign that all of it came. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(cat input; exec sleep 60) | \"$0\" \"$@\"",
                "(echo hello; exec sleep 60) | \"$0\" \"$@\"",
                "cat input input input input | \"$0\" \"$@\" --limit-rate=2M"
            })
    void aPipeThatEndsByCtrlCIsNotPublished(String pipeline) throws Exception {
        try (var server = RunningServer.start(temporary.resolve("server"))) {
            var client = new Client(temporary.resolve("client"), server.clientEnvironment());
            Files.createDirectories(client.folder());
            Files.write(client.folder().resolve("input"), new byte[3_000_001]);
            Files.writeString(server.files().resolve("piped.bin"), "as it was");
            var err = client.folder().resolve("err");

            var running = client.start(
                    List.of("setsid", "bash", "-c", pipeline),
                    client.folder().resolve("out"),
                    err,
                    "put",
                    "--overwrite",
                    "-",
                    ":/piped.bin");
            awaitUpload(client);
            new ProcessBuilder("kill", "-INT", "--", "-" + running.pid())
                    .start()
                    .waitFor();

            assertThat(running.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(running.exitValue()).as(Files.readString(err)).isEqualTo(130);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !client.must("history").out().isEmpty());
            assertThat(server.files().resolve("piped.bin")).hasContent("as it was");
        }
    }

    private static void awaitUpload(Client client) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> client.must("uploads").out().contains(":/piped.bin"));
    }

    /** A pipe cannot be read again: what came is published beside the name that somebody took meanwhile. */
    @Test
    void aPipeGoesBesideTheNameThatWasTakenMeanwhile() throws Exception {
        try (var server = RunningServer.start(temporary.resolve("server"))) {
            var client = new Client(temporary.resolve("client"), server.clientEnvironment());
            Files.createDirectories(client.folder());
            var content = new byte[6_000_001];
            new Random(8).nextBytes(content);
            var input = Files.write(client.folder().resolve("input"), content);
            var err = client.folder().resolve("err");

            var running = client.reading(input)
                    .start(
                            client.folder().resolve("out"),
                            err,
                            "put",
                            "--keep-both",
                            "--limit-rate=2M",
                            "-",
                            ":/piped.bin");
            awaitUpload(client);
            Files.writeString(server.files().resolve("piped.bin"), "somebody else's");

            assertThat(running.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(running.exitValue()).as(Files.readString(err)).isZero();
            assertThat(client.folder().resolve("out")).content().contains(":/piped (2).bin");
            assertThat(server.files().resolve("piped.bin")).hasContent("somebody else's");
            assertThat(server.files().resolve("piped (2).bin")).hasBinaryContent(content);
            assertThat(client.must("uploads").out()).isEmpty();
        }
    }

    @Test
    void theApplicationFolderHoldsManualPagesAndCompletions() {
        var share = Application.launcher().resolve("../../share").normalize();
        assertThat(share.resolve("man/man1/wherry-put.1")).content().contains("Send files");
        assertThat(share.resolve("man/man1/wherry-serve.1")).content().contains("Start a server");
        assertThat(share.resolve("bash-completion/completions/wherry"))
                .content()
                .contains("_complete_wherry");
        assertThat(share.resolve("zsh/site-functions/_wherry")).content().startsWith("#compdef wherry");
        assertThat(share.resolve("fish/vendor_completions.d/wherry.fish"))
                .content()
                .contains("complete -c wherry");
    }
}
