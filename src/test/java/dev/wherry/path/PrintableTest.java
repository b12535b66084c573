package dev.wherry.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;

final class PrintableTest {
    @Test
    void aHarmlessNameStaysAsItIs() {
        assertThat(Printable.of("/été/日本語 👩‍👩‍👧 1.jpg")).isEqualTo("/été/日本語 👩‍👩‍👧 1.jpg");
        assertThat(Printable.of("C:\\Users\\me")).isEqualTo("C:\\Users\\me");
        assertThat(Printable.of("")).isEmpty();
    }

    @Test
    void whatMovesATerminalIsShown() {
        assertThat(Printable.of("a\u001b[2Jb")).isEqualTo("a\\u001b[2Jb");
        assertThat(Printable.of("a\nb\rc\td\u0000\u007f")).isEqualTo("a\\u000ab\\u000dc\\u0009d\\u0000\\u007f");
        assertThat(Printable.of("one\u009b31mcolour")).isEqualTo("one\\u009b31mcolour");
        assertThat(Printable.of("a\u2028b\u2029c")).isEqualTo("a\\u2028b\\u2029c");
    }

    @Test
    void whatTurnsTheDirectionOfWritingIsShown() {
        assertThat(Printable.of("invoice\u202egpj.exe")).isEqualTo("invoice\\u202egpj.exe");
        assertThat(Printable.of("\u2066a\u2069\u200f\u061c")).isEqualTo("\\u2066a\\u2069\\u200f\\u061c");
    }

    @Test
    void whatHidesOrIsNoCharacterIsShown() {
        assertThat(Printable.of("a\ufeffb\u00adc")).isEqualTo("a\\ufeffb\\u00adc");
        assertThat(Printable.of("half \ud83d")).isEqualTo("half \\ud83d");
        assertThat(Printable.of("tag \udb40\udc01")).isEqualTo("tag \\udb40\\udc01");
    }

    /** The control: every character is either let through by the rule for names or leaves no trace of itself. */
    @Test
    void noCharacterThatANameMayNotHoldPasses() {
        for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
            var text = Character.toString(character);
            var shown = Printable.of(text);
            boolean isSafe = shown.equals(text)
                    ? character == '\\' || !NameRules.isForbidden(character)
                    : shown.matches("(\\\\u[0-9a-f]{4})+");
            if (!isSafe) {
                fail("U+%04X is shown as %s".formatted(character, shown));
            }
        }
    }
}
