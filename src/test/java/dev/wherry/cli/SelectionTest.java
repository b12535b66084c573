package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
final class SelectionTest {
    @ParameterizedTest
    @CsvSource({
        "*.tmp, a/b.tmp, true",
        "*.tmp, a/b.tmp2, false",
        "*.tmp, .tmp, true",
        "build, a/build, true",
        "a/*.txt, a/b.txt, true",
        "a/*.txt, a/b/c.txt, false",
        "a/*.txt, c/a/b.txt, false",
        "/*.txt, b.txt, true",
        "/*.txt, a/b.txt, false",
        "a/**, a/b/c, true",
        "a/**, a, false",
        "**/c, c, true",
        "**/c, a/b/c, true",
        "a/**/c, a/c, true",
        "a/**/c, a/b/b/c, true",
        "a/**/c, a/b/b/d, false",
        "b/, b, true"
    })
    void patternsMatchNamesOrPaths(String pattern, String path, boolean matches) {
        var selection = new Selection();
        selection.exclude.add(pattern);
        assertThat(selection.entersFolder(VirtualPath.parse(path))).isEqualTo(!matches);
    }

    @Test
    void whatIsExcludedStaysSoAndSoDoesWhatIsBelow() {
        var selection = new Selection();
        selection.include.add("*.jpg");
        selection.exclude.add("private");
        assertThat(selection.takesFileAndAbove(VirtualPath.parse("a/b.jpg"))).isTrue();
        assertThat(selection.takesFileAndAbove(VirtualPath.parse("a/b.png"))).isFalse();
        assertThat(selection.takesFileAndAbove(VirtualPath.parse("private/b.jpg")))
                .isFalse();
        assertThat(selection.entersFolderAndAbove(VirtualPath.parse("private/a")))
                .isFalse();
    }

    @Test
    void bothDirectionsTakeTheSame(@TempDir Path folder) throws IOException {
        try (var desk = new Desk(folder)) {
            desk.login();
            for (var name : new String[] {"a.jpg", "b.tmp", "deep/c.jpg", "deep/d.txt", "skip/e.jpg"}) {
                desk.write("album/" + name, name);
            }
            Files.createDirectories(folder.resolve("album/none"));
            assertThat(desk.wherry("put", "-r", "--include=*.jpg", "--exclude=skip", desk.path("album")))
                    .as(desk.said())
                    .isZero();
            assertThat(desk.server.files.keySet())
                    .extracting(VirtualPath::toString)
                    .containsExactly("/album/a.jpg", "/album/deep/c.jpg");
            assertThat(desk.server.folders).doesNotContain(VirtualPath.parse("/album/none"));

            desk.server.put("/album/skip/e.jpg", "e".getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
            desk.server.put("/album/other/f.txt", "f".getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
            assertThat(desk.wherry("get", "-r", "--include=*.jpg", "--exclude=skip", ":/album", desk.path("back")))
                    .as(desk.said())
                    .isZero();
            assertThat(folder.resolve("back/deep/c.jpg")).hasContent("deep/c.jpg");
            assertThat(folder.resolve("back/skip")).doesNotExist();
            assertThat(folder.resolve("back/other")).doesNotExist();
        }
    }

    @Test
    void aNameThatNoServerTakesIsNoTroubleWhereItIsLeftOut(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("new\nline.txt"), "");
        Files.writeString(folder.resolve("style.css"), "");
        assertThat(LocalTree.scan(folder, false, new Selection()).unreadable()).hasSize(1);

        var some = new Selection();
        some.include.add("*.css");
        assertThat(LocalTree.scan(folder, false, some).unreadable()).isEmpty();
        assertThat(LocalTree.scan(folder, false, some).files()).hasSize(1);
        some.include.add("deep/*");
        assertThat(LocalTree.scan(folder, false, some).unreadable())
                .as("a path may be meant that cannot be said")
                .hasSize(1);

        var others = new Selection();
        others.exclude.add("new*");
        assertThat(LocalTree.scan(folder, false, others).unreadable()).isEmpty();
    }
}
