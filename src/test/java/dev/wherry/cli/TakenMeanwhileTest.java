package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.client.KeptUploads;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody takes the name while the content is on its way: it is here whole, and is not sent again. */
@Timeout(120)
final class TakenMeanwhileTest extends DeskFixture {
    private static final byte[] THROUGH = "through a pipe".getBytes(StandardCharsets.UTF_8);
    private static final byte[] THEIRS = "somebody else's".getBytes(StandardCharsets.UTF_8);

    TakenMeanwhileTest(@TempDir Path folder) {
        super(folder);
    }

    @BeforeEach
    void login() {
        assertThat(desk.login()).as(desk.said()).isZero();
        desk.server.arrived.set(() -> desk.server.put("/a.bin", THEIRS, Instant.EPOCH));
    }

    private byte[] stored(String path) {
        return desk.server.file(path).orElseThrow().content();
    }

    private long sent(Class<? extends Request> kind) {
        return desk.peer.requests().stream().filter(kind::isInstance).count();
    }

    private String large() {
        var content = new byte[2 << 20];
        new Random(2).nextBytes(content);
        return desk.write("a.bin", content).toString();
    }

    @Test
    void aPipeGoesBesideTheNameThatWasTaken() {
        desk.server.put("/a (2).bin", THEIRS, Instant.EPOCH);
        desk.input = THROUGH;
        assertThat(desk.wherry("put", "--keep-both", "-", ":/a.bin"))
                .as(desk.said())
                .isZero();
        assertThat(desk.out()).contains(":/a (3).bin").contains("14 B");
        assertThat(stored("/a (3).bin")).isEqualTo(THROUGH);
        assertThat(stored("/a.bin")).isEqualTo(THEIRS);
        assertThat(desk.server.uploads).isEmpty();
    }

    @Test
    void aPipeThatNobodyDecidedAboutIsKeptAndSaysWhatCanBeDone() {
        desk.input = THROUGH;
        assertThat(desk.wherry("put", "-", ":/a.bin")).isEqualTo(6);
        assertThat(desk.err())
                .contains("already exists: :/a.bin")
                .contains("--keep-both")
                .contains("\"wherry put --resume u1 FILE :/OTHER\"")
                .contains("\"wherry uploads cancel u1\"");
        assertThat(stored("/a.bin")).isEqualTo(THEIRS);
        assertThat(desk.server.uploads).containsKey("u1");
    }

    @Test
    void aLargeFileIsNotSentTwice() {
        var file = large();
        assertThat(desk.wherry("put", "--keep-both", file)).as(desk.said()).isZero();
        assertThat(stored("/a (2).bin")).hasSize(2 << 20);
        assertThat(sent(Request.Upload.class)).isOne();
        assertThat(desk.server.uploads).isEmpty();
    }

    @Test
    void whatTheServerDoesNotKeepIsSentAnew() {
        var file = large();
        desk.server.hears = request -> {
            if (request instanceof Request.Resume) {
                desk.server.kept.forget();
            }
        };
        assertThat(desk.wherry("put", "--keep-both", file)).as(desk.said()).isZero();
        assertThat(stored("/a (2).bin")).hasSize(2 << 20);
        assertThat(sent(Request.Upload.class)).isEqualTo(2);
    }

    @Test
    void anotherVersionThanWasToBeReplacedIsNotTheSourcesFault() throws IOException {
        var file = large();
        var whole = desk.server.put("/a.bin", Files.readAllBytes(Path.of(file)), Instant.EPOCH);
        desk.server.kept.keep(
                new KeptUploads.Upload(whole, VirtualPath.parse("/a.bin"), new Precondition.Version(whole.etag())));
        desk.server.put("/a.bin", THEIRS, Instant.EPOCH);

        assertThat(desk.wherry("put", "--resume", "u1", file)).as(desk.said()).isEqualTo(8);
        assertThat(desk.err())
                .contains("not the version any more that was to be replaced: :/a.bin; say --overwrite")
                .doesNotContain("begun with");
        assertThat(desk.wherry("put", "--resume", "u1", "--overwrite", file))
                .as(desk.said())
                .isZero();
        assertThat(stored("/a.bin")).hasSize(2 << 20);
    }

    @Test
    void ofWhatIsSkippedNothingIsKept() {
        assertThat(desk.wherry("put", "--skip-existing", large()))
                .as(desk.said())
                .isZero();
        assertThat(stored("/a.bin")).isEqualTo(THEIRS);
        assertThat(desk.server.uploads).isEmpty();
        assertThat(sent(Request.Cancel.class)).isOne();
    }
}
