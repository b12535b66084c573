package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VisibleTest {
    @Test
    void whatMovesATerminalIsWrittenOut() {
        assertThat(Visible.text("a\u001b[2Jb")).isEqualTo("a\\u001b[2Jb");
        assertThat(Visible.text("\u009b31m")).isEqualTo("\\u009b31m");
        assertThat(Visible.text("a\r\n\tb\u0007\u0000")).isEqualTo("a\\u000d\\u000a\\u0009b\\u0007\\u0000");
    }

    @Test
    void whatTurnsTheTextRoundIsWrittenOut() {
        assertThat(Visible.text("gpj\u202etxt.exe")).isEqualTo("gpj\\u202etxt.exe");
        assertThat(Visible.text("\u2066\u2069\u200f\u2028\ufeff")).isEqualTo("\\u2066\\u2069\\u200f\\u2028\\ufeff");
    }

    @Test
    void halvesOfCharactersAndTagsAreWrittenOut() {
        assertThat(Visible.text("a\ud800b")).isEqualTo("a\\ud800b");
        assertThat(Visible.text(Character.toString(0xE0041))).isEqualTo("\\udb40\\udc41");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "été 1.jpg", "写真.png", "👨\u200d👩\u200d👧", "می\u200cخواهم", "a\\u001b"})
    void whatCanBeSeenStaysAsItIs(String text) {
        assertThat(Visible.text(text)).isEqualTo(text);
    }

    @Test
    void ourOwnLineEndsStay() {
        assertThat(Visible.lines("a\nb\u001b")).isEqualTo("a\nb\\u001b");
    }
}
