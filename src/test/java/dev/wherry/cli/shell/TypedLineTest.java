package dev.wherry.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TypedLineTest {
    private static TypedLine at(String line) {
        int cursor = line.indexOf('^');
        return new TypedLine(line.replace("^", ""), cursor, true);
    }

    @Test
    void theWordAtTheCursorIsTheLast() {
        assertThat(at("get my\\ le^").word()).isEqualTo("my le");
        assertThat(at("get ^").words()).containsExactly("get", "");
        assertThat(at("^").words()).containsExactly("");
        var middle = at("get lett^ers x");
        assertThat(middle.word()).isEqualTo("lett");
        assertThat(middle.rawWordCursor()).isEqualTo(4);
        assertThat(middle.rawWordLength()).isEqualTo(7);
    }

    @Test
    void namesAreWrittenSoThatTheyAreReadBack() {
        for (var name : List.of("plain", "my letter", "it's", "say \"a\"", "back\\slash", "#1", "tab\tbed")) {
            for (var begun : List.of("get ^", "get \"^", "get '^")) {
                var line = at(begun);
                var written = line.line().substring(0, line.cursor() - line.rawWordCursor()) + line.escape(name, true);
                assertThat(Words.of(written, true).texts()).as(written).containsExactly("get", name);
            }
        }
    }

    @Test
    void aFolderLeavesItsQuoteOpen() {
        assertThat(at("get \"my^").escape("my letters/", false).toString()).isEqualTo("\"my letters/");
        assertThat(at("get my^").escape("my letters/", false).toString()).isEqualTo("my\\ letters/");
    }

    @Test
    void withoutBackslashesThereAreQuotes() {
        assertThat(new TypedLine("get my", 6, false).escape("my letter", true).toString())
                .isEqualTo("\"my letter\"");
        assertThat(new TypedLine("put C:\\", 7, false).escape("C:\\x", true).toString())
                .isEqualTo("C:\\x");
    }
}
