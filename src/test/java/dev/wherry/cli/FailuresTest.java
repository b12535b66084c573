package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.fault.Fault;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class FailuresTest {
    @ParameterizedTest
    @CsvSource({
        "WRONG_LOGIN, 4",
        "SESSION_ENDED, 4",
        "LOGIN_TOO_FAST, 4",
        "DENIED, 4",
        "READ_ONLY, 4",
        "PASSWORD_CHANGE_REQUIRED, 4",
        "BAD_NAME, 2",
        "UNKNOWN_REQUEST, 2",
        "IS_FOLDER, 2",
        "NOT_FOUND, 5",
        "NO_FOLDER, 5",
        "NOT_FOLDER, 5",
        "EXISTS, 6",
        "NOT_EMPTY, 6",
        "BUSY, 7",
        "TOO_MANY, 7",
        "WRONG_DIGEST, 8",
        "WRONG_SIZE, 8",
        "CHANGED, 8",
        "NO_SPACE, 10",
        "OVER_QUOTA, 10",
        "TOO_LARGE, 10",
        "STOPPED, 11",
        "INTERNAL, 1"
    })
    void everyFaultHasItsExitCode(Fault fault, int code) {
        assertThat(ExitCode.of(fault).number()).isEqualTo(code);
    }

    @Test
    void theNumbersAreThoseThatScriptsKnow() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::number).collect(Collectors.toList()))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 130);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyFaultIsASentenceAndNeverAStackTrace(Fault fault) {
        assertThat(Failures.sentence(fault.because("something happened"), ":/a"))
                .isNotBlank()
                .doesNotContain("Exception")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOT_FOUND | the server's words | no such file: :/a",
                "NOT_FOUND | no such file: x | no such file: x",
                "NOT_FOUND | no such upload: it expired | no such upload: it expired",
                "NOT_FOUND | no such file or folder: :/x | no such file or folder: :/x",
                "NOT_FOLDER | it is a file | :/a is a file and no folder",
                "EXISTS | taken | already exists: :/a",
                "BUSY | being uploaded by bert | :/a: busy: being uploaded by bert",
                "BUSY | busy: being uploaded by bert | :/a: busy: being uploaded by bert",
                "IS_FOLDER | it is one | is a folder: :/a (use -r)",
                "WRONG_LOGIN | no such user | wrong user name or password",
                "WRONG_LOGIN | this token does not count (any more) | this token is not accepted: it was revoked, has"
                        + " expired, or is none of this server",
                "DENIED | you may not write | :/a: you may not write"
            })
    void sentencesSayWhatHappenedToWhat(Fault fault, String message, String sentence) {
        assertThat(Failures.sentence(fault.because(message), ":/a")).isEqualTo(sentence);
    }

    /** The server says what to do about it behind its own name for the place, which people know with a colon. */
    @Test
    void aPlaceOnTheServerHasItsColon() {
        var taken = Fault.EXISTS
                .because("already exists: /letters; choose another name")
                .with("path", "/letters");
        assertThat(Failures.sentence(taken, ":/letters"))
                .isEqualTo("already exists: :/letters; choose another name")
                .isEqualTo(Failures.sentence(taken, ":/elsewhere"));
        assertThat(Failures.sentence(Fault.EXISTS.because("already exists: here; it appeared"), ":/here"))
                .isEqualTo("already exists: here; it appeared");
    }

    @Test
    void factsComplementTheSentence() {
        assertThat(Failures.sentence(Fault.NOT_EMPTY.because("x").with("entries", 3L), ":/a"))
                .isEqualTo(":/a: not empty: 3 entries (use -r)");
        assertThat(Failures.sentence(Fault.NOT_EMPTY.because("x").with("entries", 1L), ":/a"))
                .isEqualTo(":/a: not empty: 1 entry (use -r)");
        assertThat(Failures.sentence(Fault.LOGIN_TOO_FAST.because("x").with("retryAfterSeconds", 8L)))
                .isEqualTo("too many failed logins: try again in 8 s");
        assertThat(Failures.sentence(
                        Fault.STOPPED.because("x").with("upload", "4f2a").with("durable", 2048L), ":/a"))
                .isEqualTo(":/a: interrupted: the server keeps 2.0 KiB of it as upload 4f2a");
        assertThat(Failures.sentence(
                        Fault.STOPPED.because("x").with("upload", "4f2a").with("durable", 0L), ":/a"))
                .isEqualTo(":/a: interrupted: the server keeps what came of it as upload 4f2a");
    }

    @Test
    void severalGiveTheirCodeWhenAllFailedAlike() {
        var alike = new Tally();
        alike.failed(Fault.NOT_FOUND.because("a"));
        alike.failed(Fault.NO_FOLDER.because("b"));
        assertThat(alike.exitCode()).isEqualTo(ExitCode.NOT_FOUND);

        var unlike = new Tally();
        unlike.failed(Fault.NOT_FOUND.because("a"));
        unlike.failed(Fault.DENIED.because("b"));
        assertThat(unlike.exitCode()).isEqualTo(ExitCode.SOME_FAILED);

        var some = new Tally();
        some.done(1);
        some.failed(new IOException("x"));
        assertThat(some.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(new Tally().exitCode()).isEqualTo(ExitCode.DONE);
    }
}
