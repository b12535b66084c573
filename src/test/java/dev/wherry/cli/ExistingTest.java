package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExistingTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Existing existing = new Existing();

    private Screen screen(boolean interactive, String input) {
        return new Screen(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interactive,
                Map.of());
    }

    private static Existing.Side side(long size) {
        return new Existing.Side(size, Optional.of(Instant.parse("2026-01-02T03:04:05Z")));
    }

    @ParameterizedTest
    @CsvSource({"y, REPLACE", "yes, REPLACE", "Y, REPLACE", "n, SKIP", "k, KEEP_BOTH", "a, REPLACE", "o, SKIP"})
    void eachLetterDecides(String answer, Existing.Decision decision) {
        assertThat(existing.decide(screen(true, answer + "\n"), ":/a", side(1), side(2)))
                .isEqualTo(decision);
    }

    @Test
    void theQuestionShowsBothSizesAndTimes() {
        existing.decide(screen(true, "y\n"), ":/a\u001b", side(1024), side(2048));
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(":/a\\u001b exists already")
                .contains("there now  2.0 KiB  (2048 bytes)  2026-01-0")
                .contains("would be   1.0 KiB  (1024 bytes)  2026-01-0")
                .contains("[y]es [n]o [a]ll n[o]ne [k]eep both");
    }

    @Test
    void whatIsComparedStandsBelowEachOther() {
        existing.decide(screen(true, "y\n"), ":/a", side(9), side(20_480));
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .anyMatch(line -> line.startsWith("  there now  20 KiB  (20480 bytes)  2026-"))
                .anyMatch(line -> line.startsWith("  would be      9 B                 2026-"));
    }

    /** The last file of several is one, too. */
    @Test
    void allAndNoneAreOfferedWhileThereAreSeveral() {
        existing.expect(2);
        existing.decide(screen(true, "y\n"), ":/a", side(1), side(2));
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("[a]ll n[o]ne");
        existing.settled();
        err.reset();
        existing.decide(screen(true, "what\ny\n"), ":/b", side(1), side(2));
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("[y]es [n]o [k]eep both")
                .contains("answer y, n or k.");
    }

    @Test
    void anAnswerForAllIsRemembered() {
        existing.decide(screen(true, "a\n"), ":/a", side(1), side(2));
        assertThat(existing.decide(screen(true, ""), ":/b", side(1), side(2))).isEqualTo(Existing.Decision.REPLACE);
    }

    @Test
    void anAnswerForOneIsNot() {
        var screen = screen(true, "y\nn\n");
        assertThat(existing.decide(screen, ":/a", side(1), side(2))).isEqualTo(Existing.Decision.REPLACE);
        assertThat(existing.decide(screen, ":/b", side(1), side(2))).isEqualTo(Existing.Decision.SKIP);
    }

    @Test
    void nonsenseIsAskedAgainAndSilenceHarmsNothing() {
        assertThat(existing.decide(screen(true, "what\n\nk\n"), ":/a", side(1), side(2)))
                .isEqualTo(Existing.Decision.KEEP_BOTH);
        assertThat(existing.decide(screen(true, ""), ":/a", side(1), side(2))).isEqualTo(Existing.Decision.SKIP);
    }

    @Test
    void nobodyIsAskedWhereNobodySits() {
        assertThatThrownBy(() -> existing.decide(screen(false, "y\n"), ":/a", side(1), side(2)))
                .isInstanceOfSatisfying(
                        FaultException.class, fault -> assertThat(fault.fault()).isEqualTo(Fault.EXISTS))
                .hasMessageContaining("--overwrite");
    }

    @ParameterizedTest
    @CsvSource({
        "photo.jpg, photo (2).jpg",
        "photo, photo (2)",
        ".profile, .profile (2)",
        "a.tar.gz, a.tar (2).gz",
        "dot., dot. (2)"
    })
    void theOtherOfBothHasANumberBeforeItsEnding(String name, String beside) {
        assertThat(Existing.beside(name, 2)).isEqualTo(beside);
    }
}
