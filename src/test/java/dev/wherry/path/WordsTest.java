package dev.wherry.path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.fault.FaultException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small words about a file: its version, its digest, what a writer expects. */
final class WordsTest {
    @Test
    void anEtagIsAWordOfAtMost64Letters() {
        assertThat(new Etag("a".repeat(64))).hasToString("a".repeat(64));
        assertThatThrownBy(() -> new Etag("a".repeat(65))).isInstanceOf(FaultException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "\"a\"", "W/a", "é", "a\n", "a=b", "*"})
    void anythingElseIsNoEtag(String text) {
        assertThatThrownBy(() -> new Etag(text)).isInstanceOf(FaultException.class);
    }

    @Test
    void aDigestIsReadFromWhatWasFed() {
        var digest = Sha256.digest();
        digest.update("abc".getBytes(UTF_8));

        // FIPS 180-2, appendix B.1
        assertThat(Sha256.of(digest)).hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ba7816bf", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"})
    void anythingElseIsNoDigest(String text) {
        assertThatThrownBy(() -> new Sha256(text)).isInstanceOf(FaultException.class);
        assertThatThrownBy(() -> new Sha256("a".repeat(64) + "\n")).isInstanceOf(FaultException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "any", "0af3-_Z"})
    void aPreconditionIsReadBackFromItsWord(String word) {
        assertThat(Precondition.parse(word).word()).isEqualTo(word);
    }

    @Test
    void aPreconditionIsAbsentAnyOrAVersion() {
        assertThat(Precondition.parse("absent")).isEqualTo(new Precondition.Absent());
        assertThat(Precondition.parse("any")).isEqualTo(new Precondition.Any());
        assertThat(Precondition.parse("x1")).isEqualTo(new Precondition.Version(new Etag("x1")));
        assertThatThrownBy(() -> Precondition.parse("not a word")).isInstanceOf(FaultException.class);
    }
}
