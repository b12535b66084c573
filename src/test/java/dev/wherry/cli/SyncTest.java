package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class SyncTest extends SyncFixture {
    SyncTest(@TempDir Path folder) {
        super(folder);
    }

    @Test
    void onlyWhatDiffersGoes() throws IOException {
        here("a.txt", "a");
        here("deep/b.txt", "b");
        Files.createDirectories(desk.folder.resolve("site/empty"));
        assertThat(up()).as(desk.said()).isZero();
        assertThat(stored("deep/b.txt")).isEqualTo("b");
        assertThat(desk.server.folders).contains(VirtualPath.parse("/site/empty"));
        assertThat(transfers()).isEqualTo(2);

        here("a.txt", "longer");
        assertThat(up()).as(desk.said()).isZero();
        assertThat(transfers()).isEqualTo(3);
        assertThat(stored("a.txt")).isEqualTo("longer");
        assertThat(desk.out()).contains("1 the same already");
        assertThat(down()).as(desk.said()).isZero();
        assertThat(transfers()).isEqualTo(3);
    }

    @Test
    void itComesDownWithItsTimesAndFolders() throws IOException {
        there("a.txt", "a");
        there("deep/b.txt", "b");
        desk.server.folders.add(VirtualPath.parse("/site/empty"));
        here("a.txt", "other");
        assertThat(down()).as(desk.said()).isZero();
        assertThat(desk.folder.resolve("site/a.txt")).hasContent("a");
        assertThat(Files.getLastModifiedTime(desk.folder.resolve("site/deep/b.txt"))
                        .toInstant())
                .isEqualTo(THEN);
        assertThat(desk.folder.resolve("site/empty")).isEmptyDirectory();
        assertThat(transfers()).isEqualTo(2);
        assertThat(down("--checksum")).isZero();
        assertThat(transfers()).isEqualTo(2);
    }

    @Test
    void digestsTellWhatTimesDoNot() throws IOException {
        here("a.txt", "old");
        there("a.txt", "new");
        assertThat(up()).isZero();
        assertThat(stored("a.txt")).isEqualTo("new");
        assertThat(up("--checksum")).as(desk.said()).isZero();
        assertThat(stored("a.txt")).isEqualTo("old");
    }

    @Test
    void anotherTimeAloneSendsNothing() throws IOException {
        here("a.txt", "same");
        desk.server.put("/site/a.txt", "same".getBytes(StandardCharsets.UTF_8), THEN.plusSeconds(60));
        assertThat(up()).isZero();
        assertThat(down()).isZero();
        assertThat(transfers()).isZero();
    }

    @Test
    void whatOnlyTheTargetHasStaysUnlessSaid() throws IOException {
        here("a.txt", "a");
        there("a.txt", "a");
        there("more/b.txt", "b");
        there("c.tmp", "c");
        assertThat(up()).isZero();
        assertThat(desk.server.files).hasSize(3);
        assertThat(up("--delete", "--dry-run")).isZero();
        assertThat(desk.out()).contains("remove  :/site/more/b.txt").contains("would send 0");
        assertThat(desk.server.files).hasSize(3);
        assertThat(up("--delete", "--exclude=*.tmp")).as(desk.said()).isZero();
        assertThat(desk.server.files.keySet())
                .extracting(VirtualPath::toString)
                .containsExactly("/site/a.txt", "/site/c.tmp");
        assertThat(desk.server.folders).doesNotContain(VirtualPath.parse("/site/more"));

        there("more/b.txt", "b");
        here("old/x.txt", "x");
        assertThat(down("--delete")).as(desk.said()).isZero();
        assertThat(desk.folder.resolve("site/old")).doesNotExist();
        assertThat(desk.folder.resolve("site/more/b.txt")).hasContent("b");
    }

    @Test
    void aDryRunChangesNothingAndSaysWhatItWould() throws IOException {
        there("a.txt", "a");
        assertThat(down("--dry-run", "--json")).as(desk.said()).isZero();
        assertThat(desk.out())
                .contains("{\"event\":\"would\",\"action\":\"fetch\",")
                .contains("\"reason\":\"new\"");
        assertThat(desk.folder.resolve("site")).doesNotExist();
        here("b.txt", "b");
        assertThat(up("-n")).isZero();
        assertThat(desk.out()).contains("send    :/site/b.txt  1 B  (new)").contains("would send 1 (1 B)");
        assertThat(desk.server.file("/site/b.txt")).isEmpty();
    }

    @Test
    void aDryRunPromisesNoRemovalThatWouldNotBeMade() throws IOException {
        here("a.txt", "a");
        there("old.txt", "o");
        assertThat(up("--delete", "-n")).isZero();
        assertThat(desk.out()).contains("remove  :/site/old.txt").contains("send 1 (1 B), remove 1, 0 the same");

        here("new\nline.txt", "l");
        assertThat(up("--delete", "-n")).isEqualTo(2);
        assertThat(desk.out()).doesNotContain("remove");
        assertThat(desk.err()).contains("nothing would be removed");
        assertThat(up("--delete")).isEqualTo(1);
        assertThat(desk.err()).contains("nothing was removed");
        assertThat(stored("old.txt")).isEqualTo("o");
    }

    @Test
    void anotherKindIsReplacedOnlyWhenSaid() throws IOException {
        here("x", "file");
        there("x/y.txt", "y");
        here("z/w.txt", "w");
        there("z", "file");
        assertThat(up()).isEqualTo(6);
        assertThat(desk.err()).contains("--delete replaces it");
        assertThat(stored("x/y.txt")).isEqualTo("y");
        assertThat(up("--delete")).as(desk.said()).isZero();
        assertThat(stored("x")).isEqualTo("file");
        assertThat(stored("z/w.txt")).isEqualTo("w");
    }

    @Test
    void linksOfTheTargetAreNotWrittenThrough() throws IOException {
        var outside = desk.folder.resolve("outside");
        desk.write("outside/keep.txt", "keep");
        there("link/keep.txt", "other");
        Files.createDirectories(desk.folder.resolve("site"));
        Files.createSymbolicLink(desk.folder.resolve("site/link"), outside);
        assertThat(down()).isEqualTo(6);
        assertThat(outside.resolve("keep.txt")).hasContent("keep");
        assertThat(down("--delete")).as(desk.said()).isZero();
        assertThat(outside.resolve("keep.txt")).hasContent("keep");
        assertThat(desk.folder.resolve("site/link/keep.txt")).hasContent("other");
    }

    @Test
    void whatTheSourceHasButCannotSendIsNotRemoved() throws IOException {
        here("a.txt", "a");
        Files.createSymbolicLink(desk.folder.resolve("site/b"), Path.of("a.txt"));
        there("b", "stays");
        assertThat(up("--delete")).as(desk.said()).isZero();
        assertThat(stored("b")).isEqualTo("stays");
        assertThat(desk.err()).contains("1 link skipped");
    }

    @Test
    void nothingIsRemovedWhenSomethingFailed() throws IOException {
        here("bad\\name.txt", "a");
        there("extra.txt", "stays");
        assertThat(up("--delete")).isEqualTo(2);
        assertThat(stored("extra.txt")).isEqualTo("stays");
        assertThat(desk.err()).contains("nothing was removed");
    }

    @Test
    void wrongSidesAndMissingFoldersAreSaid() {
        assertThat(sync(":/a", ":/b")).isEqualTo(2);
        assertThat(sync("a", "b")).isEqualTo(2);
        assertThat(desk.err()).contains(":/backup");
        assertThat(up()).isEqualTo(5);
        assertThat(desk.err()).contains("no such folder");
        assertThat(down()).isEqualTo(5);
        assertThat(desk.folder.resolve("site")).doesNotExist();
        there("file", "x");
        assertThat(sync(":/site/file", desk.path("site"))).isEqualTo(2);
        assertThat(sync(desk.path("password"), ":/site")).isEqualTo(2);
    }
}
