package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
