package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A download that is stopped leaves whole files, and nothing else. */
final class InterruptedGetIT {
    private static final int BYTES = 200_000;

    @TempDir
    Path temporary;

    private static List<String> names(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void partsOfSmallFilesGoTooHoweverSlowTheyAre() throws Exception {
        try (var server = RunningServer.start(temporary.resolve("server"))) {
            for (int i = 10; i < 30; i++) {
                Files.createDirectories(server.files().resolve("many"));
                Files.write(server.files().resolve("many/f" + i), new byte[BYTES]);
            }
            var client = new Client(temporary.resolve("client"), server.clientEnvironment());
            var err = temporary.resolve("err");
            var running =
                    client.start(temporary.resolve("out"), err, "get", "-r", "--limit-rate=64K", ":/many", "back");
            var back = client.folder().resolve("back");
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !running.isAlive() || Files.exists(back.resolve("f10")));
            assertThat(running.isAlive()).as(Files.readString(err)).isTrue();
            // The next takes three seconds, and is on its way.
            running.destroy();
            assertThat(running.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(running.exitValue()).as(Files.readString(err)).isNotZero();
            assertThat(err).content().contains("to go on: the same command again fetches what is not here yet");
            assertThat(names(back)).isNotEmpty().hasSizeLessThan(20).allMatch(name -> name.startsWith("f"));
            assertThat(back.resolve("f10")).hasSize(BYTES);
        }
    }
}
