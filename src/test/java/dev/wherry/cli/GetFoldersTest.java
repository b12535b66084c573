package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole folders come although something of them cannot. */
@Timeout(120)
final class GetFoldersTest extends DeskFixture {
    GetFoldersTest(@TempDir Path folder) {
        super(folder);
    }

    @BeforeEach
    void login() {
        desk.login();
        for (var path : new String[] {"/t/a/1", "/t/a/deep/2", "/t/b/3", "/t/4"}) {
            store(path, path);
        }
        desk.server.folders.add(VirtualPath.parse("/t/c"));
    }

    @Test
    void aFileInTheWayOfAFolderStopsWhatWouldGoBelowIt() {
        var inTheWay = desk.write("t/a", "a file");
        desk.write("t/c", "another");
        assertThat(desk.wherry("get", "-r", ":/t", desk.folder.toString()))
                .as(desk.said())
                .isEqualTo(1);
        assertThat(desk.folder.resolve("t/b/3")).hasContent("/t/b/3");
        assertThat(desk.folder.resolve("t/4")).hasContent("/t/4");
        assertThat(inTheWay).hasContent("a file");
        assertThat(desk.err())
                .contains("no folder, but a file: " + inTheWay)
                .contains("no folder, but a file: " + desk.path("t/c"))
                .doesNotContain("Exception");
        desk.wherry("get", "-r", "--json", "--overwrite", ":/t", desk.folder.toString());
        assertThat(desk.out())
                .contains("\"source\":\":/t/a/1\"")
                .contains("\"source\":\":/t/a/deep/2\"")
                .contains("\"done\":0,\"skipped\":2,\"failed\":3");
    }

    @Test
    void aTargetThatIsAFileIsSaidToBeNoFolder() {
        desk.write("out", "a file");
        assertThat(desk.wherry("get", ":/t/4", desk.path("out") + "/")).isEqualTo(5);
        assertThat(desk.err())
                .contains("no folder, but a file: " + desk.path("out"))
                .doesNotContain("Exception");
    }

    @Test
    void anotherFolderThatIsThereIsLeftItsTime() throws IOException {
        Files.createDirectories(desk.folder.resolve("t/a"));
        assertThat(desk.wherry("get", "-r", ":/t", desk.folder.toString()))
                .as(desk.said())
                .isZero();
        assertThat(Files.getLastModifiedTime(desk.folder.resolve("t/b")).toInstant())
                .isEqualTo(CHANGED);
        assertThat(Files.getLastModifiedTime(desk.folder.resolve("t/a")).toInstant())
                .isAfter(Instant.parse("2026-02-02T03:04:05Z"));
    }
}
