package dev.wherry.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadyFileTest {
    @TempDir
    private Path folder;

    @Test
    void itSaysWhereTheServerIsReached() throws IOException {
        var file = folder.resolve("ready.json");

        ready(4451).write(file);

        assertThat(new JsonObject(Files.readString(file))).isEqualTo(new JsonObject("""
                        {"pid": 42,
                         "console": {"host": "127.0.0.1", "port": 4451},
                         "http": {"host": "::1", "port": 8443},
                         "management": {"host": "127.0.0.1", "port": 9443},
                         "fingerprint": "SHA256:abc="}
                        """));
    }

    @Test
    void itReplacesAnOlderOneAndLeavesNothingElse() throws IOException {
        var file = folder.resolve("ready.json");
        ready(1).write(file);

        ready(2).write(file);

        assertThat(Files.readString(file)).contains("\"port\":2");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void whatAnEarlierStartLeftIsCleared() throws IOException {
        var file = folder.resolve("ready.json");
        ready(1).write(file);

        ReadyFile.clear(file);
        ReadyFile.clear(file);

        assertThat(file).doesNotExist();
    }

    private static ReadyFile ready(int port) {
        return new ReadyFile(
                42,
                new Endpoint("127.0.0.1", port),
                new Endpoint("::1", 8443),
                new Endpoint("127.0.0.1", 9443),
                "SHA256:abc=");
    }
}
