package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is lost to a sync that should not be. */
@Timeout(120)
final class SyncSafetyTest extends SyncFixture {
    SyncSafetyTest(@TempDir Path folder) {
        super(folder);
    }

    @Test
    void whatCannotBeSeenIsNotTakenForNothing() throws IOException {
        there("a.txt", "a");
        here("locked/in.txt", "stays");
        here("extra.txt", "stays");
        desk.server.odd.put("/site/locked", Map.of("refused", "closed", "unread", "refused-entry"));
        for (var options : List.of(List.of("--delete"), List.of("--delete", "--include=*.txt"))) {
            assertThat(down(options.toArray(String[]::new))).as(desk.said()).isNotZero();
            assertThat(desk.err()).contains(":/site/locked").contains("nothing was removed");
            assertThat(desk.folder.resolve("site/locked/in.txt")).hasContent("stays");
            assertThat(desk.folder.resolve("site/extra.txt")).hasContent("stays");
        }
        // Up, it is the target: it stays, whatever is not here.
        Files.delete(desk.folder.resolve("site/locked/in.txt"));
        Files.delete(desk.folder.resolve("site/locked"));
        assertThat(up("--delete")).as(desk.said()).isZero();
    }

    @Test
    void whatIsIncludedIsNotWrittenThroughLinksThatAreNot() throws IOException {
        there("a/x.jpg", "comes");
        there("b/x.jpg", "comes");
        there("c/x.jpg", "comes");
        Files.createDirectories(desk.folder.resolve("outside"));
        Files.createDirectories(desk.folder.resolve("site"));
        Files.createSymbolicLink(desk.folder.resolve("site/a"), desk.folder.resolve("outside"));
        here("b", "a file, which is left out");
        for (var options : List.of(List.of("--include=*.jpg"), List.of("--include=*.jpg", "--delete"))) {
            assertThat(down(options.toArray(String[]::new))).as(desk.said()).isNotZero();
            assertThat(desk.folder.resolve("outside")).isEmptyDirectory();
            assertThat(desk.folder.resolve("site/b")).hasContent("a file, which is left out");
            assertThat(desk.folder.resolve("site/c/x.jpg")).hasContent("comes");
        }
    }

    @Test
    void foldersOfIncludedFilesAreMade() throws IOException {
        there("deep/er/x.jpg", "comes");
        there("other/x.txt", "stays away");
        assertThat(down("--include=*.jpg")).as(desk.said()).isZero();
        assertThat(desk.folder.resolve("site/deep/er/x.jpg")).hasContent("comes");
        assertThat(desk.folder.resolve("site/other")).doesNotExist();
        here("up/er/y.jpg", "goes");
        assertThat(up("--include=*.jpg")).as(desk.said()).isZero();
        assertThat(stored("up/er/y.jpg")).isEqualTo("goes");
    }

    @Test
    void aLinkThatAppearedMeanwhileIsNotWrittenThrough() throws IOException {
        there("deep/x.txt", "comes");
        Files.createDirectories(desk.folder.resolve("outside"));
        when("ListFolder", () -> {
            Files.createDirectories(desk.folder.resolve("site"));
            Files.createSymbolicLink(desk.folder.resolve("site/deep"), desk.folder.resolve("outside"));
        });
        assertThat(down()).as(desk.said()).isNotZero();
        assertThat(desk.folder.resolve("outside")).isEmptyDirectory();
    }

    @Test
    void onlyTheVersionThatWasSeenIsReplacedOrRemovedHere() throws IOException {
        here("a.txt", "old");
        here("b.txt", "only here");
        there("a.txt", "new one");
        when("Download", () -> desk.write("site/a.txt", "written meanwhile"));
        assertThat(down()).as(desk.said()).isEqualTo(8);
        assertThat(desk.folder.resolve("site/a.txt")).hasContent("written meanwhile");
        when("Download", () -> desk.write("site/b.txt", "written meanwhile"));
        assertThat(down("--delete")).as(desk.said()).isNotZero();
        assertThat(desk.folder.resolve("site/a.txt")).hasContent("new one");
        assertThat(desk.folder.resolve("site/b.txt")).hasContent("written meanwhile");
        desk.server.hears = request -> {};
        assertThat(down("--delete")).as(desk.said()).isZero();
        assertThat(desk.folder.resolve("site/b.txt")).doesNotExist();
        assertHere("a.txt");
    }

    @Test
    void onlyTheVersionThatWasSeenIsRemovedThere() throws IOException {
        here("a.txt", "new one");
        there("b.txt", "only there");
        when("Upload", () -> there("b.txt", "written meanwhile"));
        assertThat(up("--delete")).as(desk.said()).isNotZero();
        assertThat(stored("b.txt")).isEqualTo("written meanwhile");
        assertThat(up("--delete")).as(desk.said()).isZero();
        assertThat(desk.server.file("/site/b.txt")).isEmpty();
    }

    @Test
    void whatIsInTheWayStaysUntilItsReplacementIsThere() throws IOException {
        // Each way, a file for a folder and a folder for a file, of which the replacements do not arrive.
        here("x", "file");
        here("z/w.txt", "w");
        there("x/y.txt", "y");
        there("z", "file");
        desk.server.spoils = true;
        assertThat(down("--delete")).as(desk.said()).isEqualTo(8);
        assertThat(desk.folder.resolve("site/x")).hasContent("file");
        assertThat(desk.folder.resolve("site/z/w.txt")).hasContent("w");
        desk.server.spoils = false;
        when("Move", () -> Files.delete(desk.folder.resolve("site/x")));
        assertThat(up("--delete")).as(desk.said()).isNotZero();
        assertThat(stored("x/y.txt")).isEqualTo("y");
        assertThat(stored("z")).isEqualTo("file");
        desk.server.hears = request -> {};
        assertThat(down("--delete")).as(desk.said()).isZero();
        assertThat(desk.folder.resolve("site/x/y.txt")).hasContent("y");
        assertThat(desk.folder.resolve("site/z")).hasContent("file");
        assertHere("x", "z");
    }

    @Test
    void whatIsInTheWayStaysWhenSomethingElseCannotCome() throws IOException {
        here("x", "file");
        there("x/y.txt", "y");
        here("bad\\name.txt", "a");
        assertThat(up("--delete")).as(desk.said()).isNotZero();
        assertThat(stored("x/y.txt")).isEqualTo("y");
    }

    @Test
    void aNameThatCannotBeAskedForIsAProblemOfItsOwn() throws IOException {
        there("a.txt", "a");
        here("extra.txt", "stays");
        desk.server.odd.put("/site/deep/odd\\name", Map.of("refused", "a backslash"));
        assertThat(down("--delete")).as(desk.said()).isNotZero();
        assertThat(desk.err()).contains("deep/odd").contains("nothing was removed");
        assertThat(desk.folder.resolve("site/a.txt")).hasContent("a");
        assertThat(desk.folder.resolve("site/extra.txt")).hasContent("stays");
        assertThat(down("--delete", "--exclude=deep")).as(desk.said()).isZero();
        assertThat(desk.folder.resolve("site/extra.txt")).doesNotExist();

        // In the target it stays, with the folder that it is in, and nothing else suffers.
        there("deep/b.txt", "b");
        there("deep/er/c.txt", "c");
        assertThat(up("--delete")).as(desk.said()).isZero();
        assertThat(desk.server.files.keySet()).extracting(VirtualPath::toString).containsExactly("/site/a.txt");
        assertThat(desk.server.folders).extracting(VirtualPath::toString).containsExactly("/site", "/site/deep");
    }

    @Test
    void whatStaysKeepsItsFoldersAndIsNoFailure() throws IOException {
        here("a.txt", "a");
        there("a.txt", "a");
        there("old/cache.tmp", "excluded");
        there("old/gone.txt", "goes");
        desk.server.odd.put("/site/link", Map.of("refused", "it is a link"));
        for (int i = 0; i < 2; i++) {
            assertThat(up("--delete", "--exclude=*.tmp")).as(desk.said()).isZero();
            assertThat(stored("old/cache.tmp")).isEqualTo("excluded");
            assertThat(desk.server.file("/site/old/gone.txt")).isEmpty();
        }
        here("old2/cache.tmp", "excluded");
        here("old2/gone.txt", "goes");
        desk.server.files.remove(VirtualPath.parse("/site/old/cache.tmp"));
        for (int i = 0; i < 2; i++) {
            assertThat(down("--delete", "--exclude=*.tmp")).as(desk.said()).isZero();
            assertThat(desk.err()).contains("1 entry that the server does not open");
            assertThat(desk.folder.resolve("site/old2/cache.tmp")).hasContent("excluded");
            assertThat(desk.folder.resolve("site/old2/gone.txt")).doesNotExist();
        }
    }
}
