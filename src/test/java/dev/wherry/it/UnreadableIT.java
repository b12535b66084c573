package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that the server cannot look into: nobody takes it for empty. */
final class UnreadableIT {
    @TempDir
    private Path temporary;

    private RunningServer server;
    private Client client;
    private Path locked;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.startAsAnybody(temporary.resolve("server"));
        client = new Client(temporary.resolve("client"), server.clientEnvironment());
        locked = server.files().resolve("s/locked");
        Files.createDirectories(locked);
        Files.writeString(locked.resolve("in.txt"), "in it");
        Files.writeString(server.files().resolve("s/after.txt"), "after it");
    }

    @AfterEach
    void stop() throws IOException {
        mode("rwx------");
        server.close();
    }

    private void mode(String mode) throws IOException {
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString(mode));
    }

    @Test
    void nothingIsRemovedBecauseItCouldNotBeSeen() throws IOException {
        client.must("sync", ":/s", "dst");
        var kept = client.folder().resolve("dst/locked/in.txt");
        assertThat(kept).hasContent("in it");
        Files.writeString(client.folder().resolve("dst/more.txt"), "only here");
        mode("---------");

        for (int i = 0; i < 2; i++) {
            var run = client.run("sync", "--delete", "--include=*.txt", ":/s", "dst");
            assertThat(run.code()).as(run.out() + run.err()).isEqualTo(4);
            assertThat(run.err()).contains("locked").contains("nothing was removed");
            assertThat(client.run("sync", "--delete", ":/s", "dst").code()).isEqualTo(4);
        }
        assertThat(kept).hasContent("in it");
        assertThat(client.folder().resolve("dst/more.txt")).exists();

        // The other way round, too: what cannot be seen in the target stays there.
        Files.delete(kept);
        assertThat(client.run("sync", "--delete", "dst", ":/s").code()).isNotZero();
        mode("rwx------");
        assertThat(locked.resolve("in.txt")).hasContent("in it");
        Files.deleteIfExists(server.files().resolve("s/more.txt"));
        client.must("sync", "--delete", ":/s", "dst");
        assertThat(kept).hasContent("in it");
        assertThat(client.folder().resolve("dst/more.txt")).doesNotExist();
    }

    @Test
    void whatIsListedFetchedOrVerifiedSaysWhatItLacks() throws IOException {
        mode("---------");
        var list = client.run("ls", "-r", ":/s");
        assertThat(list.code()).isEqualTo(4);
        assertThat(list.out()).contains("after.txt").contains("locked");
        assertThat(client.run("ls", "-r", "--sums", ":/s").code()).isEqualTo(4);
        // Some of it went well here.
        assertThat(client.run("verify", "-r", ":/s").code()).isEqualTo(1);
        assertThat(client.run("get", "-r", ":/s").code()).isEqualTo(1);
        assertThat(client.folder().resolve("s/after.txt")).exists();
    }

    @Test
    void theWebDoorSaysWhatItsListsLackAndMakesNoZipWithAHole() throws Exception {
        try (var web = Web.admin(server)) {
            assertThat(web.get("/files/s/?archive=zip").statusCode()).isEqualTo(200);
            mode("---------");
            assertThat(Web.code(web.get("/files/s/?archive=zip"))).isEqualTo("refused-entry");
            assertThat(Web.code(web.get("/files/s/?archive=zip&name=locked"))).isEqualTo("refused-entry");
            assertThat(new String(web.get("/files/s/?sums").body(), StandardCharsets.UTF_8))
                    .contains("# what is in it cannot be listed: locked");
        }
    }
}
