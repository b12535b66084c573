package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders are kept alike, and what is listed as sums is what {@code sha256sum} finds. */
final class SyncIT {
    @TempDir
    Path temporary;

    private static void write(Path file, int bytes) throws IOException {
        var content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    @Test
    void aFolderGoesThereAndIsTheSameElsewhere() throws IOException, InterruptedException {
        try (var server = RunningServer.start(temporary.resolve("server"))) {
            var client = new Client(temporary.resolve("client"), server.clientEnvironment());
            var one = client.folder().resolve("one");
            write(one.resolve("big.bin"), 2_000_000);
            write(one.resolve("deep/été 1.bin"), 1000);
            write(one.resolve("deep/gone.bin"), 10);
            Files.createDirectories(one.resolve("empty"));
            client.must("sync", "one", ":/kept");
            assertThat(client.must("sync", "one", ":/kept").out()).contains("3 the same already");
            client.must("sync", ":/kept", "two");
            assertThat(client.must("sync", "--checksum", ":/kept", "two").out()).contains("3 the same already");
            assertThat(client.folder().resolve("two/empty")).isEmptyDirectory();

            var sums = client.must("ls", "--sums", "-r", ":/kept").out();
            Files.writeString(client.folder().resolve("sums"), sums);
            var check = new ProcessBuilder("sha256sum", "-c", "--strict", "../sums")
                    .directory(client.folder().resolve("two").toFile())
                    .redirectErrorStream(true)
                    .start();
            var said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(check.waitFor()).as(said).isZero();
            assertThat(said.lines()).hasSize(3);

            Files.delete(one.resolve("deep/gone.bin"));
            write(one.resolve("big.bin"), 1_000_000);
            assertThat(client.must("sync", "--delete", "--dry-run", "--json", "one", ":/kept")
                            .out())
                    .contains("\"action\":\"send\"")
                    .contains("\"action\":\"remove\"");
            client.must("sync", "--delete", "one", ":/kept");
            client.must("sync", "--delete", ":/kept", "two");
            assertThat(client.folder().resolve("two/deep/gone.bin")).doesNotExist();
            assertThat(client.folder().resolve("two/big.bin")).hasSameBinaryContentAs(one.resolve("big.bin"));
        }
    }

    /** Its version is a hash of what renaming it changes, too. */
    @Test
    void aFileOfTheOperatorMakesRoomForAFolder() throws IOException, InterruptedException {
        try (var server = RunningServer.start(temporary.resolve("server"))) {
            var client = new Client(temporary.resolve("client"), server.clientEnvironment());
            write(server.files().resolve("kept/name"), 100);
            write(client.folder().resolve("one/name/inside.bin"), 10);
            assertThat(client.must("sync", "--delete", "one", ":/kept").out()).contains("removed");
            assertThat(server.files().resolve("kept").toFile().list()).containsExactly("name");
            assertThat(server.files().resolve("kept/name/inside.bin")).exists();
        }
    }
}
