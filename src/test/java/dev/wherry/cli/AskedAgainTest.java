package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An answer holds for the version that was shown. */
@Timeout(120)
final class AskedAgainTest extends DeskFixture {
    AskedAgainTest(@TempDir Path folder) {
        super(folder);
    }

    @BeforeEach
    void login() {
        desk.login();
        desk.interactive = true;
        store("/a.txt", "old");
        desk.meanwhile(() -> store("/a.txt", "of somebody else"));
    }

    private void typed(String answers) {
        desk.input = answers.getBytes(StandardCharsets.UTF_8);
    }

    private String there() {
        return new String(desk.server.file("/a.txt").orElseThrow().content(), StandardCharsets.UTF_8);
    }

    private void assertAskedTwice() {
        assertThat(desk.said()).contains("3 B").contains("16 B");
        assertThat(desk.said().split("Replace it\\?", -1)).hasSize(3);
    }

    @Test
    void byPutWhenAnotherCameMeanwhile() {
        typed("y\nn\n");
        assertThat(desk.wherry("put", desk.write("a.txt", "newer").toString(), ":/a.txt"))
                .as(desk.said())
                .isZero();
        assertAskedTwice();
        assertThat(there()).isEqualTo("of somebody else");
        desk.meanwhile(() -> store("/a.txt", "of another one"));
        typed("y\ny\n");
        assertThat(desk.wherry("put", desk.path("a.txt"), ":/a.txt"))
                .as(desk.said())
                .isZero();
        assertThat(there()).isEqualTo("newer");
    }

    @Test
    void byMvWhenAnotherCameMeanwhile() {
        store("/b.txt", "moved");
        typed("y\nn\n");
        assertThat(desk.wherry("mv", ":/b.txt", ":/a.txt")).as(desk.said()).isZero();
        assertAskedTwice();
        assertThat(there()).isEqualTo("of somebody else");
        typed("y\n");
        assertThat(desk.wherry("mv", ":/b.txt", ":/a.txt")).as(desk.said()).isZero();
        assertThat(there()).isEqualTo("moved");
    }

    /** A program reads that, wherever it was started. */
    @Test
    void notForJson() {
        typed("y\ny\n");
        var file = desk.write("a.txt", "newer").toString();
        assertThat(desk.wherry("put", "--json", file, ":/a.txt"))
                .as(desk.said())
                .isEqualTo(6);
        assertThat(desk.said()).doesNotContain("Replace").contains("--overwrite");
        assertThat(there()).isEqualTo("old");
    }

    @Test
    void whoTypesWhatIsSentIsToldWhereItEnds() {
        typed("typed");
        assertThat(desk.wherry("put", "-", ":/typed.txt")).as(desk.said()).isZero();
        assertThat(desk.err()).contains("reading what is typed here, up to Ctrl-D");
        assertThat(desk.out()).startsWith("- -> :/typed.txt  5 B");
        desk.interactive = false;
        assertThat(desk.wherry("put", "-", ":/piped.txt")).as(desk.said()).isZero();
        assertThat(desk.err()).isEmpty();
    }

    /** Nobody is asked by a command that never asks. */
    @Test
    void notBySync() {
        typed("y\ny\n");
        desk.server.meanwhile.set(() -> store("/a.txt", "of somebody else"));
        desk.write("one/a.txt", "newer one");
        assertThat(desk.wherry("sync", desk.path("one"), ":/")).as(desk.said()).isEqualTo(8);
        assertThat(there()).isEqualTo("of somebody else");
    }
}
