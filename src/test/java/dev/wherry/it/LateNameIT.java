package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody makes a local file of the same name in the very moment in which a download gets its name. */
final class LateNameIT {
    private static final String NAMING = "rename,renameat,renameat2,link,linkat";

    @TempDir
    Path temporary;

    @Test
    void whatAppearsInTheLastMomentStays() throws Exception {
        assumeTrue(Strace.isPermitted(), "needs strace");
        try (var server = RunningServer.start(temporary.resolve("server"))) {
            var client = new Client(temporary.resolve("client"), server.clientEnvironment());
            Files.createDirectories(client.folder());
            Files.writeString(client.folder().resolve("sent"), "from the server");
            client.must("put", "sent", ":/late");

            var trace = temporary.resolve("trace");
            var slowly = List.of(
                    "strace",
                    "-f",
                    "-o",
                    trace.toString(),
                    "-e",
                    "trace=" + NAMING,
                    "-e",
                    "inject=" + NAMING + ":delay_enter=5000000");
            var target = client.folder().resolve("late");
            var process =
                    client.start(slowly, temporary.resolve("out"), temporary.resolve("err"), "get", ":/late", "late");
            await().atMost(Duration.ofMinutes(1)).until(() -> isNaming(trace));
            Files.writeString(target, "mine");

            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(target).hasContent("mine");
            assertThat(process.exitValue())
                    .as(Files.readString(temporary.resolve("err")))
                    .isEqualTo(6);
            try (var left = Files.list(client.folder())) {
                assertThat(left)
                        .extracting(each -> each.getFileName().toString())
                        .containsExactlyInAnyOrder("sent", "late");
            }
        }
    }

    private static boolean isNaming(Path trace) throws IOException {
        return Files.exists(trace)
                && Files.readString(trace, StandardCharsets.ISO_8859_1).contains("late");
    }
}
