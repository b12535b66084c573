package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.path.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class SumsTest {
    private static final Sha256 SUM = new Sha256("0".repeat(64));

    @Test
    void oddNamesAreEscapedAsGnuDoes() {
        assertThat(Sums.line(SUM, "été 1.txt")).isEqualTo(SUM.hex() + "  été 1.txt");
        assertThat(Sums.line(SUM, "a\\b\nc\rd")).isEqualTo("\\" + SUM.hex() + "  a\\\\b\\nc\\rd");
    }

    @Test
    void namesAreThoseBelowTheFolder(@TempDir Path folder) {
        try (var desk = new Desk(folder)) {
            desk.login();
            desk.server.put("/docs/a.txt", "a".getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
            desk.server.put("/docs/deep/b.txt", "b".getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
            assertThat(desk.wherry("ls", "--sums", "-r", ":/docs"))
                    .as(desk.said())
                    .isZero();
            assertThat(desk.out().lines().map(line -> line.substring(64))).containsExactly("  a.txt", "  deep/b.txt");
            assertThat(desk.wherry("ls", "--sums", ":/docs", ":/docs/deep")).isZero();
            assertThat(desk.out().lines().map(line -> line.substring(64)))
                    .containsExactly("  docs/a.txt", "  deep/b.txt");
            assertThat(desk.wherry("ls", "--sums", ":/docs/a.txt")).isZero();
            assertThat(desk.out()).endsWith("  a.txt\n").doesNotContain("-  ");
            assertThat(desk.wherry("ls", "--sums", "--json", ":/docs")).isEqualTo(2);
        }
    }
}
