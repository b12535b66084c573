package dev.wherry.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WhereaboutsTest {
    @TempDir
    Path folder;

    private static Whereabouts in(String there) {
        var where = new Whereabouts(Path.of("").toAbsolutePath(), Path.of("/homes/anna"));
        where.goThere(VirtualPath.parse(there));
        return where;
    }

    @ParameterizedTest
    @CsvSource({
        "a, /docs/a",
        "a/b/, /docs/a/b/",
        "../a, /a",
        "../../../a, /a",
        "/a/./b//c, /a/b/c",
        "., /docs",
        "'', /docs",
        "/, /",
        "*.txt, /docs/*.txt"
    })
    void namesOnTheServerBeginInItsFolder(String typed, String whole) {
        assertThat(in("/docs").there(typed)).isEqualTo(whole);
    }

    @Test
    void aColonMarksWhatIsOnTheServer() {
        var where = in("/docs");
        assertThat(where.place(":a")).isEqualTo(":/docs/a");
        assertThat(where.place("a")).isEqualTo("a");
        assertThat(where.remote("a")).isEqualTo(":/docs/a");
        assertThat(where.remote(":")).isEqualTo(":/docs");
        assertThat(where.remote("other:/x")).isEqualTo("other:/x");
        assertThat(where.remote("-")).isEqualTo("-");
        where.goThere(VirtualPath.ROOT);
        assertThat(where.before()).hasToString("/docs");
        assertThat(where.remote(":")).isEqualTo(":/");
    }

    @Test
    void namesHereBeginWhereLcdWent() {
        var where = in("/");
        assertThat(where.here("a/b")).isEqualTo("a/b");
        assertThat(where.here("~/a")).isEqualTo("/homes/anna/a");
        where.goHere(Path.of("/srv"));
        assertThat(where.here("a/")).isEqualTo("/srv/a/");
        assertThat(where.here("/x")).isEqualTo("/x");
        assertThat(where.here(".")).isEqualTo("/srv/.");
    }

    @Test
    void globsAreLookedUpHere() throws IOException {
        for (var name : new String[] {"b.txt", "a.txt", ".hidden.txt", "c.jpg", "odd[1].txt"}) {
            Files.writeString(folder.resolve(name), name);
        }
        var where = in("/");
        where.goHere(folder);
        assertThat(where.expanded("[a-c].txt"))
                .containsExactly(
                        folder.resolve("a.txt").toString(),
                        folder.resolve("b.txt").toString());
        assertThat(where.expanded("odd[1].txt"))
                .containsExactly(folder.resolve("odd[1].txt").toString());
        Files.writeString(Files.createDirectory(folder.resolve("[c]")).resolve("in"), "");
        assertThat(where.expanded("[c]/i*"))
                .containsExactly(folder.resolve("[c]/in").toString());
        assertThat(where.expanded("no*")).containsExactly(folder.resolve("no*").toString());
        assertThat(where.expanded(folder.getParent() + "/*/c.*"))
                .contains(folder.resolve("c.jpg").toString());
    }
}
