package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Many small files, each way through one connection. */
final class ManySmallIT extends BadLinkFixture {
    private static final int SIZE = 4096;

    private final Random random = Application.random(ManySmallIT.class);
    private final int files = Application.isLong() ? 10_000 : 2_000;

    private Path tree(String name, int count) throws IOException {
        var top = client.folder().resolve(name);
        for (int i = 0; i < count; i++) {
            var folder = top.resolve("a" + i % 7).resolve("b" + i % 31);
            Files.createDirectories(folder);
            Files.write(folder.resolve("file " + i), Payload.bytes(SIZE, random));
        }
        return top;
    }

    private static Map<String, String> sums(Path top) throws IOException {
        var sums = new TreeMap<String, String>();
        try (var found = Files.walk(top)) {
            found.filter(Files::isRegularFile)
                    .forEach(file -> sums.put(
                            top.relativize(file).toString(),
                            Payload.sha256(file).hex()));
        }
        return sums;
    }

    @Test
    void aFolderOfThemGoesUpAndComesBackThroughOneConnection() throws IOException {
        var sent = sums(tree("many", files));
        long begun = System.nanoTime();
        var put = client.must("put", "-r", "many");
        long up = System.nanoTime();
        assertThat(put.out()).contains(files + " done");
        assertThat(proxy.connections()).isEqualTo(1);
        assertThat(sums(server.files().resolve("many"))).isEqualTo(sent);

        long between = System.nanoTime();
        client.must("get", "-r", ":/many", "back");
        long down = System.nanoTime();
        assertThat(proxy.connections()).isEqualTo(2);
        assertThat(sums(client.folder().resolve("back"))).isEqualTo(sent);
        System.out.printf(
                "%d files of %d bytes: up %.1f s, down %.1f s%n",
                files, SIZE, (up - begun) / 1e9, (down - between) / 1e9);
    }

    @Test
    void theyGoOnOverALinkThatBreaks() throws IOException {
        int count = 600;
        var sent = sums(tree("broken", count));
        for (int i = 0; i < 4; i++) {
            proxy.cut(new CuttingProxy.Cut.Up(200_000 + random.nextInt(300_000)));
        }
        assertThat(client.must("put", "-r", "broken").out())
                .contains(count + " done")
                .doesNotContain("skipped");
        assertThat(proxy.cutsMade()).isEqualTo(4);
        assertThat(sums(server.files().resolve("broken"))).isEqualTo(sent);

        for (int i = 0; i < 4; i++) {
            proxy.cut(new CuttingProxy.Cut.Down(300_000 + random.nextInt(300_000)));
        }
        assertThat(client.must("get", "-r", ":/broken", "back").out()).contains(count + " done");
        assertThat(proxy.cutsMade()).isEqualTo(8);
        assertThat(sums(client.folder().resolve("back"))).isEqualTo(sent);
    }

    @Test
    void whatExistsAndWhatFailsStopsNoneOfTheOthers() throws IOException {
        tree("some", 100);
        client.must("put", "-r", "some");
        var changed = client.folder().resolve("some/a0/b0/file 0");
        Files.writeString(changed, "other");
        Files.writeString(client.folder().resolve("some/new"), "new");

        var refused = client.run("put", "-r", "some");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).contains("1 done, 99 skipped, 1 failed");
        assertThat(server.files().resolve("some/new")).hasContent("new");

        assertThat(client.must("put", "-r", "--skip", "some").out()).contains("0 done, 101 skipped");
        assertThat(client.must("put", "-r", "--keep-both", "some").out()).contains("1 done, 100 skipped");
        assertThat(server.files().resolve("some/a0/b0/file 0 (2)")).hasContent("other");
        assertThat(client.must("put", "-r", "--overwrite", "some").out()).contains("101 done");
        assertThat(server.files().resolve("some/a0/b0/file 0")).hasContent("other");
    }

    @Test
    void largeFilesGoBesideThemOnSeveralConnections() throws IOException {
        tree("mixed", 50);
        for (int i = 0; i < 6; i++) {
            Files.write(client.folder().resolve("mixed/large " + i), Payload.bytes(3_000_000 + i, random));
        }
        var sent = sums(client.folder().resolve("mixed"));
        client.must("put", "-r", "mixed");
        assertThat(proxy.connections()).isEqualTo(4);
        assertThat(sums(server.files().resolve("mixed"))).isEqualTo(sent);
        client.must("get", "-r", "--parallel=1", "--fsync", ":/mixed", "back");
        assertThat(proxy.connections()).isEqualTo(5);
        assertThat(sums(client.folder().resolve("back"))).isEqualTo(sent);
    }
}
