package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wherry.it.CuttingProxy.Cut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left when a client has given up: it says so, and another command goes on with it or gives it up. */
final class GoOnLaterIT extends BadLinkFixture {
    private static final int MEBIBYTE = 1 << 20;
    private static final Pattern KEPT = Pattern.compile("as upload ([0-9a-f]+)");

    private byte[] content;
    private Path file;

    @BeforeEach
    void makeContent() throws IOException {
        content = new byte[12 * MEBIBYTE];
        new Random(12).nextBytes(content);
        file = Files.write(client.folder().resolve("content"), content);
    }

    /** A pipe cannot be read again, so nothing is waited for; answers the upload that the server keeps. */
    private String cutInTheMiddleOfAPipe() {
        proxy.cut(new Cut.Up(6 * MEBIBYTE));
        var said = client.reading(file).run("put", "-", ":/piped");
        assertThat(said.code()).as(said.err()).isEqualTo(11);
        var kept = KEPT.matcher(said.err());
        assertThat(kept.find()).as(said.err()).isTrue();
        assertThat(client.must("uploads").out()).contains(kept.group(1)).contains(":/piped");
        return kept.group(1);
    }

    @Test
    void anUploadThatWasGivenUpGoesOnLaterUnderTheNameThatIsWantedThen() {
        var upload = cutInTheMiddleOfAPipe();
        client.must("mkdir", ":/folder");
        long before = proxy.up();

        assertThat(client.must("put", "--resume", upload, "content", ":/folder/")
                        .out())
                .contains(":/folder/content ");

        assertThat(server.files().resolve("folder/content")).hasBinaryContent(content);
        assertThat(server.files().resolve("piped")).doesNotExist();
        assertThat(proxy.up() - before).isLessThan(10 * MEBIBYTE);
        assertThat(client.must("uploads").out()).isEmpty();
    }

    @Test
    void aPlaceIsAWholeNameToo() {
        client.must("put", "--resume", cutInTheMiddleOfAPipe(), "content", ":/another name");
        assertThat(server.files().resolve("another name")).hasBinaryContent(content);
    }

    @Test
    void aNameThatWasTakenMeanwhileIsReplacedOnlyOnRequest() throws IOException {
        var upload = cutInTheMiddleOfAPipe();
        Files.writeString(server.files().resolve("piped"), "somebody else's");
        var refused = client.run("put", "--resume", upload, "content");
        assertThat(refused.code()).isEqualTo(6);
        assertThat(refused.err()).contains("already exists: :/piped; say --overwrite");
        client.must("put", "--resume", upload, "--overwrite", "content");
        assertThat(server.files().resolve("piped")).hasBinaryContent(content);
    }

    @Test
    void uploadsAreCancelled() {
        var one = cutInTheMiddleOfAPipe();
        var another = cutInTheMiddleOfAPipe();

        assertThat(client.must("uploads", "cancel", one).err()).isEmpty();
        assertThat(client.must("uploads").out()).doesNotContain(one).contains(another);
        assertThat(client.must("uploads", "cancel", "--json", another).out())
                .contains("\"event\":\"cancelled\"")
                .contains(another);
        assertThat(client.must("uploads").out()).isEmpty();
        assertThat(client.run("put", "--resume", one, "content", ":/piped").code())
                .isEqualTo(5);
        assertThat(server.files().resolve("piped")).doesNotExist();
    }

    @Test
    void whoSendsWhatIsCancelledElsewhereIsToldSo() throws Exception {
        var err = temporary.resolve("err");
        var running = client.start(temporary.resolve("out"), err, "put", "--limit-rate=2M", "content");
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> proxy.up() > 2 * MEBIBYTE);
        var upload = only();
        client.must("uploads", "cancel", upload);
        assertThat(running.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(running.exitValue()).as(Files.readString(err)).isOne();
        assertThat(err)
                .content()
                .contains(":/content: this upload was cancelled elsewhere; nothing of it was kept")
                .doesNotContain("to go on");
        // What somebody stopped has not failed.
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(client.must("history").out()).contains("  :/content  stopped\n"));

        running = client.start(temporary.resolve("out"), err, "put", "--limit-rate=2M", "content");
        long before = proxy.up();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> proxy.up() - before > 2 * MEBIBYTE);
        client.must("put", "--resume", only(), "content");
        assertThat(client.must("history").out()).containsPattern(" last [0-9.]+ [KM]iB of [0-9.]+ MiB ");
        assertThat(running.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(running.exitValue()).as(Files.readString(err)).isEqualTo(7);
        assertThat(err)
                .content()
                .contains("somebody goes on with this upload elsewhere")
                .doesNotContain("to go on");
    }

    /** The id of the only upload that is not finished. */
    private String only() {
        var listed =
                Pattern.compile("^[0-9a-f]+").matcher(client.must("uploads").out());
        assertThat(listed.find()).isTrue();
        return listed.group();
    }

    /** Two minutes without progress, and not one more attempt. */
    @Test
    void aClientWhoseServerStaysAwayGivesUpAndSaysHowToGoOn() throws Exception {
        assumeTrue(Application.isLong(), "this takes two minutes");
        var out = temporary.resolve("out");
        var err = temporary.resolve("err");
        var running = client.start(out, err, "put", "--limit-rate=2M", "content");
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> proxy.up() > 4 * MEBIBYTE);
        server.kill();
        long begun = System.nanoTime();
        assertThat(running.waitFor(4, TimeUnit.MINUTES)).isTrue();
        assertThat(running.exitValue()).as(Files.readString(err)).isEqualTo(11);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(100));
        var line =
                Pattern.compile("to go on: wherry put --resume (\\S+) content").matcher(Files.readString(err));
        assertThat(line.find()).as(Files.readString(err)).isTrue();

        restart();
        client.must("put", "--resume", line.group(1), "content");
        assertThat(server.files().resolve("content")).hasBinaryContent(content);
    }
}
