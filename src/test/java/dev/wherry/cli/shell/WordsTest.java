package dev.wherry.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "put a b | put,a,b",
                "put  \"a b\" | put,a b",
                "put 'a b' | put,a b",
                "put a\\ b | put,a b",
                "put 'it'\\''s' | put,it's",
                "put \"say \\\"a\\\"\" | put,say \"a\"",
                "put \"C:\\x\" | put,C:\\x",
                "put '' a | put,,a",
                "put pre\"fi x\"ed | put,prefi xed",
                "put a#b # a remark | put,a#b",
                "# nothing else | ~~",
            })
    void aLineIsPartedAsInAShell(String line, String words) {
        assertThat(String.join(",", Words.of(line, true).texts())).isEqualTo(words);
        assertThat(Words.of(line, true).open()).isEmpty();
    }

    @Test
    void aQuoteThatIsNotClosedIsSeen() {
        assertThat(Words.of("put \"a b", true).open()).contains('"');
        assertThat(Words.of("put 'a", true).texts()).containsExactly("put", "a");
    }

    @Test
    void whereItStandsInPathsABackslashIsALetter() {
        assertThat(Words.of("put C:\\x\\y \"C:\\my things\\\"", false).texts())
                .containsExactly("put", "C:\\x\\y", "C:\\my things\\");
    }

    @Test
    void eachWordKnowsItsPlace() {
        var words = Words.of(" put \"a b\"c ", true).words();
        assertThat(words).containsExactly(new Words.Word("put", 1, 4), new Words.Word("a bc", 5, 11));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "cd ..; ls, true",
                "cd .. ; ls, true",
                "cd .. && ls, true",
                "cd .. || ls, true",
                "cd \"..;\" ls, false",
                "put a;b.txt, false",
                "cd .. ls, false"
            })
    void severalCommandsOnALineAreSeen(String line, boolean several) {
        assertThat(Words.of(line, true).seemSeveralCommands()).isEqualTo(several);
    }
}
