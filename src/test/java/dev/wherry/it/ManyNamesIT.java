package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of very many files is compared in the memory that a command has, and what is too much is said. */
final class ManyNamesIT {
    private static final int FILES = Application.isLong() ? 300_000 : 60_000;
    private static final int IN_A_FOLDER = 1000;

    @TempDir
    private Path temporary;

    @Test
    void veryManyFilesAreComparedAndTooManyAreTold() throws IOException {
        try (var server = RunningServer.start(temporary.resolve("server"))) {
            for (int i = 0; i < FILES; i++) {
                var folder = server.files().resolve("many/a folder with a name " + i / IN_A_FOLDER);
                if (i % IN_A_FOLDER == 0) {
                    Files.createDirectories(folder);
                }
                Files.createFile(folder.resolve("a file of which there are many " + i));
            }
            var client = new Client(temporary.resolve("client"), server.clientEnvironment());
            // For each file what is known of it, and nothing more.
            var options = "-Xmx" + (20 + FILES / 1500) + "m";
            assertThat(client.with("WHERRY_JAVA_OPTS", options)
                            .must("sync", "--dry-run", ":/many", "here")
                            .out())
                    .contains("would fetch " + FILES);
            var small = client.with("WHERRY_JAVA_OPTS", "-Xmx16m").run("sync", "--dry-run", ":/many", "here");
            assertThat(small.code()).isEqualTo(1);
            assertThat(small.err()).contains("WHERRY_JAVA_OPTS=-Xmx2g").doesNotContain("\tat ");
        }
    }
}
