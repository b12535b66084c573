package dev.wherry.storage.backend.disk;

import static dev.wherry.storage.backend.Outcome.fault;
import static dev.wherry.storage.backend.Outcome.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.fault.Fault;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is tried before a folder is served, and what a folder that is only read refuses. */
class DiskStartTest extends DiskFixture {

    @Test
    void aFolderThatIsNotThereOrNoFolderIsRefused() throws IOException {
        var file = Files.writeString(base.resolve("file"), "x");
        assertThat(fault(open(base.resolve("absent"))).fault()).isEqualTo(Fault.NOT_FOUND);
        assertThat(fault(open(file)).fault()).isEqualTo(Fault.NOT_FOLDER);
    }

    @Test
    void stagingThatIsNoFolderOfOursIsRefused() throws IOException {
        var elsewhere = Files.createDirectories(base.resolve("elsewhere"));
        var linked = Files.createDirectories(base.resolve("linked"));
        Files.createSymbolicLink(linked.resolve(".wherry-staging"), elsewhere);
        var plain = Files.createDirectories(base.resolve("plain"));
        Files.writeString(plain.resolve(".wherry-staging"), "a file");

        assertThat(fault(open(linked)).getMessage()).contains(".wherry-staging").contains("same file system");
        assertThat(fault(open(plain)).fault()).isEqualTo(Fault.UNAVAILABLE);
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void stagingOnAnotherFileSystemIsRefused() throws IOException {
        var served = base.resolve("other");
        var other = Files.createDirectories(served.resolve(".wherry-staging"));
        assumeRuns("mount", "-t", "tmpfs", "tmpfs", other.toString());
        try {
            assertThat(fault(open(served)).fault()).isEqualTo(Fault.UNAVAILABLE);
        } finally {
            assertThat(runs("umount", other.toString())).isTrue();
        }
    }

    @Test
    void tryingLeavesNothingBehind() {
        assertThat(root().resolve(".wherry-staging")).isEmptyDirectory();
        assertThat(result(backend.staged(Duration.ZERO))).isEmpty();
    }

    @Test
    void unpublishedUploadsAreFoundAgain() {
        var upload = sealed(new byte[] {1, 2});
        var again = result(open(root()));
        assertThat(result(again.staged(Duration.ZERO))).containsExactly(upload);
        result(again.publish(upload, path("/late"), ABSENT, NO_PARENTS));
        assertThat(read("/late")).containsExactly(1, 2);
        result(again.close());
    }

    @Test
    void aFolderThatIsOnlyReadChangesNothing() throws IOException {
        var folder = Files.createDirectories(base.resolve("read-only"));
        Files.writeString(folder.resolve("a"), "text");
        var reading = result(DiskBackend.open(vertx, folder, files(true, 0)));
        for (var call : List.<Future<?>>of(
                reading.create(UploadId.random()),
                reading.publish(UploadId.random(), path("/b"), ABSENT, ALL_PARENTS),
                reading.discard(UploadId.random()),
                reading.staged(Duration.ZERO),
                reading.makeFolder(path("/b"), NO_PARENTS),
                reading.removeFolder(path("/b"), true),
                reading.delete(path("/a")),
                reading.move(path("/a"), path("/b"), ABSENT))) {
            assertThat(fault(call).fault()).isEqualTo(Fault.READ_ONLY);
        }
        var content = result(reading.open(path("/a")));
        assertThat(result(content.read(0, 100)).toString()).isEqualTo("text");
        result(content.record(sha256("text".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        assertThat(result(reading.stat(path("/a"))).sha256()).isEmpty();
        content.close();
        result(reading.close());
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("a"));
        }
    }

    private Future<DiskBackend> open(Path folder) {
        return DiskBackend.open(vertx, folder, FILES);
    }
}
