package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class SyncTest {
    private static final Instant THEN = Instant.parse("2020-01-02T03:04:05.678Z");

    private final Desk desk;

    SyncTest(@TempDir Path folder) {
        this.desk = new Desk(folder);
    }

    @BeforeEach
    void login() {
        assertThat(desk.login()).as(desk.said()).isZero();
    }

    @AfterEach
    void close() {
        desk.close();
        assertThat(desk.peer.failures()).isEmpty();
    }

    private void here(String name, String content) throws IOException {
        Files.setLastModifiedTime(desk.write("site/" + name, content), FileTime.from(THEN));
    }

    private void there(String name, String content) {
        desk.server.put("/site/" + name, content.getBytes(StandardCharsets.UTF_8), THEN);
    }

    private int up(String... options) {
        return sync(desk.path("site"), ":/site", options);
    }

    private int down(String... options) {
        return sync(":/site", desk.path("site"), options);
    }

    private int sync(String from, String to, String... options) {
        var all = new ArrayList<>(List.of("sync", from, to));
        all.addAll(List.of(options));
        return desk.wherry(all.toArray(String[]::new));
    }

    private long transfers() {
        return desk.peer.requests().stream()
                .filter(request -> request.toString().matches("(Upload|Download)\\[.*"))
                .count();
    }

    private String stored(String name) {
        return new String(desk.server.file("/site/" + name).orElseThrow().content(), StandardCharsets.UTF_8);
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
        assertThat(desk.err()).contains("nothing more was removed");
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

    /** Does it once, when the first request comes that reads like this. */
    private void when(String request, Executable does) {
        var done = new AtomicBoolean();
        desk.server.hears = heard -> {
            if (heard.toString().contains(request) && done.compareAndSet(false, true)) {
                try {
                    does.execute();
                } catch (Throwable failed) {
                    throw new AssertionError(failed);
                }
            }
        };
    }

    @Test
    void whatCannotBeSeenIsNotTakenForNothing() throws IOException {
        there("a.txt", "a");
        here("locked/in.txt", "stays");
        here("extra.txt", "stays");
        desk.server.odd.put("/site/locked", Map.of("refused", "closed", "unread", "refused-entry"));
        for (var options : List.of(List.of("--delete"), List.of("--delete", "--include=*.txt"))) {
            assertThat(down(options.toArray(String[]::new))).as(desk.said()).isNotZero();
            assertThat(desk.err()).contains(":/site/locked").contains("nothing more was removed");
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
        try (var left = Files.list(desk.folder.resolve("site"))) {
            assertThat(left).hasSize(1);
        }
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
        try (var left = Files.list(desk.folder.resolve("site"))) {
            assertThat(left).hasSize(2);
        }
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
        assertThat(desk.err()).contains("deep/odd").contains("nothing more was removed");
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
