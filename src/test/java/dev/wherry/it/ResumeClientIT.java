package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.it.CuttingProxy.Cut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The client over a link that breaks again and again: it ends by itself, and sends little twice. */
final class ResumeClientIT extends BadLinkFixture {
    private static final long MEBIBYTE = 1 << 20;
    private static final long AGAIN = 16 * MEBIBYTE;

    /** What TLS, the chunks' headers and the requests add to the content, at the most. */
    private static final double AROUND = 1.02;

    private final Random random = Application.random(ResumeClientIT.class);
    private final long size = Application.isLong() ? 2048 * MEBIBYTE : 64 * MEBIBYTE;
    private final int cuts = Application.isLong() ? 100 : 8;

    private Path content(String name, long bytes) throws IOException {
        var file = client.folder().resolve(name);
        var block = new byte[(int) MEBIBYTE];
        try (var out = Files.newOutputStream(file)) {
            for (long left = bytes; left > 0; left -= block.length) {
                random.nextBytes(block);
                out.write(block, 0, (int) Math.min(block.length, left));
            }
        }
        return file;
    }

    /** The first connection asks what is there, and gets the login; a cut in the handshake is one that follows. */
    private long stretch() {
        return size / cuts / 2 + random.nextLong(size / cuts);
    }

    @Test
    void anUploadGoesOnByItselfHoweverOftenTheLinkBreaks() throws IOException {
        var file = content("up.bin", size);
        for (int i = 0; i < cuts; i++) {
            proxy.cut(new Cut.Up(stretch()));
            if (i % 5 == 1) {
                proxy.cut(new Cut.Up(1 + random.nextInt(400)));
            }
            if (i % 5 == 3) {
                proxy.cut(new Cut.Down(1 + random.nextInt(400)));
            }
        }
        var said = client.must("put", "up.bin");
        assertThat(said.out()).contains(Payload.sha256(file).hex());
        assertThat(Files.mismatch(server.files().resolve("up.bin"), file)).isEqualTo(-1);
        assertThat(proxy.cutsMade()).as(said.err()).isGreaterThanOrEqualTo(cuts / 2);
        assertThat(proxy.up()).isLessThanOrEqualTo((long) (size * AROUND) + proxy.cutsMade() * AGAIN);
        System.out.printf(
                "%d MiB up, %d cuts: %d MiB sent%n", size / MEBIBYTE, proxy.cutsMade(), proxy.up() / MEBIBYTE);
        // A client that began anew each time would need many times the size.
        assertThat(proxy.up()).isLessThan(2 * size);
    }

    @Test
    void aDownloadGoesOnByItselfHoweverOftenTheLinkBreaks() throws IOException {
        var file = server.files().resolve("down.bin");
        Files.copy(content("original", size), file);
        for (int i = 0; i < cuts; i++) {
            proxy.cut(new Cut.Down(stretch()));
            if (i % 5 == 1) {
                proxy.cut(new Cut.Down(1 + random.nextInt(400)));
            }
        }
        var said = client.must("get", ":/down.bin");
        assertThat(said.out()).contains(Payload.sha256(file).hex());
        assertThat(Files.mismatch(client.folder().resolve("down.bin"), file)).isEqualTo(-1);
        assertThat(proxy.cutsMade()).as(said.err()).isGreaterThanOrEqualTo(cuts / 2);
        assertThat(proxy.down()).isLessThanOrEqualTo((long) (size * AROUND) + proxy.cutsMade() * AGAIN);
        assertThat(proxy.down()).isLessThan(2 * size);
    }

    @Test
    void anAnswerThatIsLostBehindTheEndMarkIsLearntAfterwards() throws IOException {
        for (long bytes : new long[] {200_000, 900_000, 5 * MEBIBYTE}) {
            var name = "answer-" + bytes;
            var file = content(name, bytes);
            int before = proxy.cutsMade();
            proxy.cut(new Cut.Answer(bytes));
            var said = client.must("put", name);
            assertThat(said.out()).contains(Payload.sha256(file).hex());
            assertThat(server.files().resolve(name)).hasSameBinaryContentAs(file);
            assertThat(proxy.cutsMade()).isEqualTo(before + 1);
        }
    }

    /** A link that does not break: only that nothing comes says that it is of no use any more. */
    @Test
    void aLinkThatGoesSilentIsGivenUp() throws IOException {
        var file = content("silent", 48 * MEBIBYTE);
        proxy.cut(new Cut.Silence(20 * MEBIBYTE));
        var said = client.must("put", "silent");
        assertThat(proxy.cutsMade()).isEqualTo(1);
        assertThat(said.err()).contains("trying again");
        assertThat(server.files().resolve("silent")).hasSameBinaryContentAs(file);
        assertThat(proxy.up()).isLessThan((long) (48 * MEBIBYTE * AROUND) + AGAIN);
    }

    @Test
    void anUploadOutlivesTheServer() throws Exception {
        var file = content("outlives", 48 * MEBIBYTE);
        var out = temporary.resolve("out");
        var err = temporary.resolve("err");
        var running = client.start(out, err, "put", "--json", "--limit-rate=16M", "outlives");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Pattern.compile("\"durable\":[1-9]")
                        .matcher(Files.readString(out))
                        .find());
        server.kill();
        restart();
        assertThat(running.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(running.exitValue()).as(Files.readString(err)).isZero();
        assertThat(Files.readString(out)).contains("\"lost\"").contains("\"resumed\"");
        assertThat(server.files().resolve("outlives")).hasSameBinaryContentAs(file);
        assertThat(proxy.up()).isLessThan((long) (48 * MEBIBYTE * AROUND) + AGAIN);
    }

    @Test
    void ctrlCSaysHowToGoOnAndAnotherCommandDoes() throws Exception {
        var file = content("my file", 48 * MEBIBYTE);
        var out = temporary.resolve("out");
        var err = temporary.resolve("err");
        var running = client.start(out, err, "put", "--limit-rate=8M", "my file");
        await().atMost(Duration.ofSeconds(60)).until(() -> proxy.up() > 10 * MEBIBYTE);
        new ProcessBuilder("kill", "-INT", Long.toString(running.pid())).start().waitFor();
        assertThat(running.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(running.exitValue()).as(Files.readString(err)).isEqualTo(130);
        var line = Pattern.compile("to go on: wherry put --resume (\\S+) 'my file'")
                .matcher(Files.readString(err));
        assertThat(line.find()).as(Files.readString(err)).isTrue();

        assertThat(client.must("uploads").out()).contains(line.group(1)).contains(":/my file");
        assertThat(client.must("uploads", "--json").out()).contains("\"upload\":\"" + line.group(1) + "\"");
        long before = proxy.up();
        var resumed = client.must("put", "--resume", line.group(1), "my file").out();
        assertThat(resumed).contains("  48 MiB  ").containsPattern("  resumed at [0-9.]+ MiB  sha256");
        assertThat(server.files().resolve("my file")).hasSameBinaryContentAs(file);
        assertThat(proxy.up() - before).isLessThan(42 * MEBIBYTE);
        assertThat(client.must("uploads").out()).isEmpty();
        assertThat(client.run("uploads", "cancel", "0123456789abcdef").code()).isEqualTo(5);
        assertThat(client.run("put", "--resume", "0123456789abcdef", "my file").code())
                .isEqualTo(5);
    }

    @Test
    void anotherVersionIsFetchedAnewAndThatIsSaid() throws Exception {
        var file = server.files().resolve("changes");
        Files.copy(content("first", 8 * MEBIBYTE), file);
        proxy.cut(new Cut.Down(5 * MEBIBYTE));
        var out = temporary.resolve("out");
        var err = temporary.resolve("err");
        var running = client.start(out, err, "get", "--limit-rate=4M", ":/changes");
        await().atMost(Duration.ofSeconds(60)).until(() -> proxy.down() > MEBIBYTE);
        var second = content("second", 6 * MEBIBYTE);
        Files.move(Files.copy(second, file.resolveSibling("beside")), file, StandardCopyOption.ATOMIC_MOVE);
        assertThat(running.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(running.exitValue()).as(Files.readString(err)).isZero();
        assertThat(Files.readString(err)).contains("trying again").contains("starting over");
        assertThat(client.folder().resolve("changes")).hasSameBinaryContentAs(second);
    }
}
