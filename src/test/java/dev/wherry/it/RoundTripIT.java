package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RoundTripIT {
    @TempDir
    Path temporary;

    @Test
    void aFileGoesUpAndComesBack() throws IOException {
        var sent = new byte[3 << 20];
        new Random(1).nextBytes(sent);
        try (var server = RunningServer.start(temporary.resolve("server"))) {
            var client = new Client(temporary.resolve("client"), server.clientEnvironment());
            Files.createDirectories(client.folder());
            Files.write(client.folder().resolve("été 1.bin"), sent);
            client.must("put", "été 1.bin", ":/");
            assertThat(server.files().resolve("été 1.bin")).hasBinaryContent(sent);
            client.must("get", ":/été 1.bin", "back.bin");
            assertThat(client.folder().resolve("back.bin")).hasBinaryContent(sent);
        }
    }
}
