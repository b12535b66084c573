package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FoldTest {
    private static final String LINE =
            "2026-07-01 12:00:00  transfer-finished  account=anna  path=/my letters/to bert.txt"
                    + "  size=12 MiB  sha256=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    @Test
    void aLineIsBrokenBetweenFacts() {
        assertThat(Fold.lines(LINE, 80))
                .containsExactly(
                        "2026-07-01 12:00:00  transfer-finished  account=anna",
                        "    path=/my letters/to bert.txt  size=12 MiB",
                        "    sha256=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    }

    @Test
    void onlyOnATerminalThatIsTooNarrow() {
        assertThat(fold(true, "80").lines(LINE)).hasSize(3);
        assertThat(fold(true, "250").lines(LINE)).isEqualTo(List.of(LINE));
        assertThat(fold(false, "80").lines(LINE)).isEqualTo(List.of(LINE));
    }

    private static Fold fold(boolean interactive, String columns) {
        var out = new PrintStream(new ByteArrayOutputStream());
        var in = new ByteArrayInputStream(new byte[0]);
        return new Fold(new Screen(in, out, out, interactive, Map.of("COLUMNS", columns)));
    }
}
