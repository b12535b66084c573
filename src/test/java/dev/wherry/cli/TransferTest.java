package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.client.Peer;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class TransferTest extends DeskFixture {
    private static final Instant LONG_AGO = Instant.parse("2020-01-02T03:04:05.678Z");

    TransferTest(@TempDir Path folder) {
        super(folder);
    }

    @BeforeEach
    void login() {
        assertThat(desk.login()).as(desk.said()).isZero();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] stored(String path) {
        return desk.server.file(path).orElseThrow().content();
    }

    /** Java reads such bytes as U+FFFD: sent so, two files could become one, and neither came back as it was. */
    @Test
    void aNameThatIsNotUtf8IsRefusedAndStopsNothingElse() throws Exception {
        desk.write("odd/fine", "f");
        var script =
                "printf x >\"$1\"/odd/$'caf\\xe9' && mkdir \"$1\"/odd/$'d\\xff' && printf y >\"$1\"/odd/$'d\\xff'/in";
        assertThat(new ProcessBuilder("bash", "-c", script, "-", desk.folder.toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(desk.wherry("put", "-r", desk.path("odd"))).as(desk.said()).isEqualTo(1);
        assertThat(desk.err()).contains("the bytes of its name are not UTF-8: rename it first");
        assertThat(stored("/odd/fine")).isEqualTo(bytes("f"));
        assertThat(desk.wherry("ls", "-r", "--json", ":/odd")).isZero();
        assertThat(desk.out()).contains("/odd/fine").hasLineCount(1);
    }

    @Test
    void whatStandsForAnotherNameSaysSo() {
        assertThat(desk.wherry("put", desk.path("caf\uFFFD"))).isEqualTo(2);
        assertThat(desk.err()).contains("no such file; one whose name is not UTF-8 has to be renamed first");
    }

    @Test
    void wherePartsCannotBeMadeTheTargetIsNamed() {
        desk.server.put("/f", bytes("f"), LONG_AGO);
        assertThat(desk.wherry("get", ":/f", "/proc/nowhere")).isEqualTo(1);
        assertThat(desk.err()).isEqualTo("wherry: /proc/nowhere: no file can be made in this folder\n");
        assertThat(desk.wherry("get", ":/f", desk.path("missing/f"))).isEqualTo(5);
        assertThat(desk.err()).contains("no such folder: " + desk.path("missing"));
    }

    @Test
    void aLineBreakInANameIsNeverPrinted() {
        var broken = desk.write("a\nwherry: all is lost", "f").toString();
        desk.wherry("put", broken);
        desk.wherry("put", broken, ":/b");
        assertThat(desk.said()).contains("a\\u000awherry").hasLineCount(1);
        desk.wherry("put", broken, ":/b");
        assertThat(desk.said()).contains("a\\u000awherry").hasLineCount(1);
        for (var command : new String[][] {{"put", "x\ny"}, {"ls", "x\ny"}, {"x\ny"}, {"put", "a", "--x\ny"}}) {
            desk.wherry(command);
            assertThat(desk.said()).contains("x\\u000ay");
        }
    }

    @Test
    void aFileGoesUpAndComesBackWithItsTime() throws IOException {
        var content = new byte[1_000_000];
        new Random(1).nextBytes(content);
        var file = desk.write("été 1.bin", content);
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));

        assertThat(desk.wherry("put", file.toString())).as(desk.said()).isZero();
        assertThat(desk.out())
                .contains(":/été 1.bin")
                .contains("977 KiB")
                .contains(" MB/s")
                .contains("sha256 " + Peer.sha256(content));
        assertThat(stored("/été 1.bin")).isEqualTo(content);

        assertThat(desk.wherry("get", ":/été 1.bin", desk.path("back")))
                .as(desk.said())
                .isZero();
        assertThat(desk.folder.resolve("back")).hasBinaryContent(content);
        assertThat(Files.getLastModifiedTime(desk.folder.resolve("back")).toInstant())
                .isEqualTo(LONG_AGO);
        assertThat(desk.out()).contains("sha256 " + Peer.sha256(content));
    }

    @Test
    void aFolderGoesUpWithAllThatIsInItAndComesBack() throws IOException {
        desk.write("album/a.txt", "a");
        desk.write("album/.hidden", "h");
        desk.write("album/deep/er/b.txt", "b");
        Files.createDirectories(desk.folder.resolve("album/empty"));
        Files.createSymbolicLink(desk.folder.resolve("album/link"), Path.of("a.txt"));

        assertThat(desk.wherry("put", desk.path("album"))).isEqualTo(2);
        assertThat(desk.err()).contains("(use -r)");
        assertThat(desk.wherry("put", "-r", desk.path("album"))).as(desk.said()).isZero();
        assertThat(desk.server.files.keySet())
                .extracting(VirtualPath::toString)
                .containsExactly("/album/.hidden", "/album/a.txt", "/album/deep/er/b.txt");
        assertThat(desk.server.folders).extracting(VirtualPath::toString).contains("/album/empty");
        assertThat(desk.err()).contains("1 link skipped (--follow");
        assertThat(desk.out()).contains("3 done");

        assertThat(desk.wherry("get", "-r", ":/album", desk.path("back")))
                .as(desk.said())
                .isZero();
        assertThat(desk.folder.resolve("back/.hidden")).hasContent("h");
        assertThat(desk.folder.resolve("back/deep/er/b.txt")).hasContent("b");
        assertThat(desk.folder.resolve("back/empty")).isEmptyDirectory();
    }

    @Test
    void aSlashAtTheEndMakesAFolder() throws IOException {
        desk.write("album/a.txt", "a");
        Files.createDirectories(desk.folder.resolve("album/empty"));
        assertThat(desk.wherry("put", "-r", desk.path("album"), ":/new/"))
                .as(desk.said())
                .isZero();
        assertThat(stored("/new/album/a.txt")).isEqualTo(bytes("a"));
        assertThat(desk.wherry("get", "-r", ":/new/album", desk.folder + "/back/"))
                .as(desk.said())
                .isZero();
        assertThat(desk.folder.resolve("back/album/a.txt")).hasContent("a");
        assertThat(desk.folder.resolve("back/album/empty")).isEmptyDirectory();
    }

    @Test
    void aFolderCanGetAnotherNameOnTheWay() throws IOException {
        desk.write("album/a.txt", "a");
        assertThat(desk.wherry("put", "-r", desk.path("album"), ":/other"))
                .as(desk.said())
                .isZero();
        assertThat(stored("/other/a.txt")).isEqualTo(bytes("a"));
        assertThat(desk.wherry("put", "-r", desk.path("album") + "/.", ":/other/"))
                .as(desk.said())
                .isZero();
        assertThat(desk.server.files).hasSize(1);
        assertThat(desk.wherry("get", "-r", ":/", desk.path("all")))
                .as(desk.said())
                .isZero();
        assertThat(desk.folder.resolve("all/other/a.txt")).hasContent("a");
    }

    @Test
    void linksAreFollowedOnRequest() throws IOException {
        desk.write("album/a.txt", "a");
        Files.createSymbolicLink(desk.folder.resolve("album/link"), Path.of("a.txt"));
        assertThat(desk.wherry("put", "-r", "--follow", desk.path("album")))
                .as(desk.said())
                .isZero();
        assertThat(stored("/album/link")).isEqualTo(bytes("a"));
    }

    @Test
    void severalSourcesGoIntoOneFolder() {
        desk.server.folders.add(VirtualPath.parse("/docs"));
        var a = desk.write("a.txt", "a").toString();
        var b = desk.write("b.txt", "b").toString();
        assertThat(desk.wherry("put", a, b, ":/nowhere")).isEqualTo(2);
        assertThat(desk.wherry("put", a, b, ":/docs")).as(desk.said()).isZero();
        assertThat(stored("/docs/b.txt")).isEqualTo(bytes("b"));
        assertThat(desk.wherry("put", a, desk.path("missing"), ":/docs")).isEqualTo(1);
        assertThat(desk.wherry("put", desk.path("missing"))).isEqualTo(5);
        assertThat(desk.err()).contains("no such file: " + desk.path("missing"));
    }

    @Test
    void anExistingNameIsRefusedUnlessDecidedBeforehand() {
        desk.server.put("/a.txt", bytes("old"), LONG_AGO);
        var file = desk.write("a.txt", "new").toString();

        assertThat(desk.wherry("put", file)).isEqualTo(6);
        assertThat(desk.err()).contains("already exists: :/a.txt").contains("--overwrite");
        assertThat(desk.wherry("put", "--skip-existing", file)).isZero();
        assertThat(desk.err()).contains("skipped");
        assertThat(stored("/a.txt")).isEqualTo(bytes("old"));
        assertThat(desk.wherry("put", "--keep-both", file)).isZero();
        assertThat(stored("/a.txt")).isEqualTo(bytes("old"));
        assertThat(stored("/a (2).txt")).isEqualTo(bytes("new"));
        assertThat(desk.wherry("put", "--overwrite", file)).isZero();
        assertThat(stored("/a.txt")).isEqualTo(bytes("new"));
        assertThat(desk.wherry("put", "--overwrite", "--skip-existing", file)).isEqualTo(2);
    }

    @Test
    void aPersonIsAskedAndTheAnswerHoldsForWhatWasSeen() {
        desk.server.put("/a.txt", bytes("old"), LONG_AGO);
        var file = desk.write("a.txt", "newer").toString();
        desk.interactive = true;
        desk.input = bytes("n\n");
        assertThat(desk.wherry("put", file)).isZero();
        assertThat(desk.err()).contains("3 B").contains("5 B").contains("2020-01-02");
        assertThat(stored("/a.txt")).isEqualTo(bytes("old"));
        desk.input = bytes("y\n");
        assertThat(desk.wherry("put", file)).as(desk.said()).isZero();
        assertThat(stored("/a.txt")).isEqualTo(bytes("newer"));
        assertThat(desk.peer.requests().toString()).contains("Version[etag=v1]");
    }

    @Test
    void anAnswerAboutALocalFileHoldsForWhatWasSeen() {
        desk.server.put("/a.txt", bytes("newer"), LONG_AGO);
        var file = desk.write("a.txt", "old");
        desk.interactive = true;
        desk.input = bytes("y\n");
        desk.server.hears = request -> {
            if (request.toString().startsWith("Download")) {
                desk.write("a.txt", "written meanwhile");
            }
        };
        assertThat(desk.wherry("get", ":/a.txt", file.toString()))
                .as(desk.said())
                .isEqualTo(8);
        assertThat(file).hasContent("written meanwhile");
        desk.server.hears = request -> {};
        desk.input = bytes("y\n");
        assertThat(desk.wherry("get", ":/a.txt", file.toString()))
                .as(desk.said())
                .isZero();
        assertThat(file).hasContent("newer");
    }

    @Test
    void theSameFileCountsAsDone() {
        desk.server.put("/a.txt", bytes("same"), LONG_AGO);
        var file = desk.write("a.txt", "same").toString();
        assertThat(desk.wherry("put", file)).as(desk.said()).isZero();
        assertThat(desk.wherry("get", ":/a.txt", file)).as(desk.said()).isZero();
        assertThat(desk.err()).contains("the same file is there already");
    }

    @Test
    void anExistingLocalFileIsRefusedUnlessDecidedBeforehand() {
        desk.server.put("/a.txt", bytes("new"), LONG_AGO);
        var file = desk.write("a.txt", "old");
        assertThat(desk.wherry("get", ":/a.txt", file.toString())).isEqualTo(6);
        assertThat(desk.wherry("get", "--skip-existing", ":/a.txt", file.toString()))
                .isZero();
        assertThat(file).hasContent("old");
        assertThat(desk.wherry("get", "--keep-both", ":/a.txt", file.toString()))
                .isZero();
        assertThat(desk.folder.resolve("a (2).txt")).hasContent("new");
        assertThat(desk.wherry("get", "--overwrite", ":/a.txt", file.toString()))
                .isZero();
        assertThat(file).hasContent("new");
    }

    @Test
    void whatIsNotThereIsNotFetchedAndLeavesNothing() {
        assertThat(desk.wherry("get", ":/missing", desk.path("target"))).isEqualTo(5);
        assertThat(desk.err()).contains("no such file: :/missing");
        assertThat(desk.folder.resolve("target")).doesNotExist();
        desk.server.folders.add(VirtualPath.parse("/docs"));
        assertThat(desk.wherry("get", ":/docs", desk.path("target"))).isEqualTo(2);
        assertThat(desk.wherry("get", "docs")).isEqualTo(2);
        assertThat(desk.err()).contains("\":/docs\"");
    }

    @Test
    void globsMatchOnTheServer() {
        desk.server.put("/logs/a.gz", bytes("a"), LONG_AGO);
        desk.server.put("/logs/b.gz", bytes("b"), LONG_AGO);
        desk.server.put("/logs/c.txt", bytes("c"), LONG_AGO);
        desk.server.put("/logs/d[1].txt", bytes("d"), LONG_AGO);
        assertThat(desk.wherry("get", ":/l*/*.gz", desk.folder + "/back/"))
                .as(desk.said())
                .isZero();
        assertThat(desk.folder.resolve("back").toFile().list()).containsExactlyInAnyOrder("a.gz", "b.gz");
        assertThat(desk.wherry("get", ":/logs/d[1].txt", desk.path("d")))
                .as(desk.said())
                .isZero();
        assertThat(desk.wherry("get", ":/logs/*.nothing", desk.path("n"))).isEqualTo(5);
        assertThat(desk.wherry("rm", ":/logs/*.gz")).isZero();
        assertThat(desk.server.files.keySet()).extracting(VirtualPath::name).containsExactly("c.txt", "d[1].txt");
    }

    @Test
    void pipesGoUpAndComeBack() {
        desk.input = bytes("through a pipe");
        assertThat(desk.wherry("put", "-")).isEqualTo(2);
        assertThat(desk.wherry("put", "-", ":/piped")).as(desk.said()).isZero();
        assertThat(stored("/piped")).isEqualTo(bytes("through a pipe"));
        assertThat(desk.wherry("get", ":/piped", "-")).as(desk.said()).isZero();
        assertThat(desk.outBytes()).isEqualTo(bytes("through a pipe"));
        assertThat(desk.err()).contains("sha256");
    }

    @Test
    void whatWasWrongWithAPipeIsToldAtItsEnd() {
        desk.server.put("/a", bytes("first"), LONG_AGO);
        desk.server.put("/b", bytes("second"), LONG_AGO);
        assertThat(desk.wherry("get", ":/a", ":/b", "-")).as(desk.said()).isZero();
        assertThat(desk.outBytes()).isEqualTo(bytes("firstsecond"));
        desk.server.spoils = true;
        assertThat(desk.wherry("get", ":/a", ":/b", "-")).isEqualTo(8);
        assertThat(desk.outBytes()).isEqualTo(bytes("first"));
        assertThat(desk.err())
                .contains("what went through the pipe is of no use")
                .doesNotContain("nothing was kept");
        assertThat(desk.wherry("get", ":/a", desk.path("a"))).isEqualTo(8);
        assertThat(desk.folder.resolve("a")).doesNotExist();
        assertThat(desk.wherry("put", "-", "-", ":/")).isEqualTo(2);
    }

    @Test
    void aLimitOnTheRateChangesNothingElse() {
        var file = desk.write("a.txt", "a").toString();
        assertThat(desk.wherry("put", "--limit-rate=64K", file)).as(desk.said()).isZero();
        assertThat(desk.wherry("get", "--limit-rate=1.5Mi", ":/a.txt", desk.path("b")))
                .as(desk.said())
                .isZero();
        assertThat(desk.folder.resolve("b")).hasContent("a");
        assertThat(desk.wherry("put", "--limit-rate=10", file)).isEqualTo(2);
        assertThat(desk.wherry("put", "--limit-rate=fast", file)).isEqualTo(2);
    }

    @Test
    void programsGetAnObjectForEachEvent() {
        var file = desk.write("a\u001b.txt", "a").toString();
        assertThat(desk.wherry("put", "--json", file, ":/a.txt"))
                .as(desk.said())
                .isZero();
        assertThat(desk.err()).isEmpty();
        assertThat(desk.out().lines().map(line -> line.replaceAll("^\\{\"event\":\"(\\w+)\".*}$", "$1")))
                .containsExactly("planned", "started", "accepted", "progress", "finished", "summary");
        assertThat(desk.out())
                .contains("\"source\":\"" + desk.folder + "/a\\u001B.txt\"")
                .contains("\"sha256\":\"" + Peer.sha256(bytes("a")) + "\"")
                .contains("\"exit\":0");

        assertThat(desk.wherry("get", "--json", ":/missing", desk.path("x"))).isEqualTo(5);
        assertThat(desk.out())
                .contains("\"event\":\"failed\"")
                .contains("\"code\":\"not-found\"")
                .contains("\"exit\":5");
    }

    @Test
    void namesCannotMoveTheTerminal() {
        var file = desk.write("a\u001b[2J.txt", "a").toString();
        assertThat(desk.wherry("put", file)).isEqualTo(2);
        assertThat(desk.said()).contains("\\u001b[2J").doesNotContain("\u001b");
        assertThat(desk.wherry("put", file, ":/a.txt")).isZero();
        assertThat(desk.said()).contains("\\u001b[2J").doesNotContain("\u001b");
    }
}
