package dev.wherry.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be a password or a name, and how both are kept. */
final class PasswordRulesTest {
    @Test
    void theShortestAndTheLongestAreAllowedAndWhatLiesBeyondIsNot() {
        PasswordRules.check("ann", "k3#vQw9!");
        PasswordRules.check("ann", "ÄÖÜß");
        PasswordRules.check("ann", "long ".repeat(204) + "pass");

        assertThatThrownBy(() -> PasswordRules.check("ann", "k3#vQw9"))
                .hasMessageContaining("shorter than 8 characters");
        assertThatThrownBy(() -> PasswordRules.check("ann", "long ".repeat(204) + "passw"))
                .hasMessageContaining("longer than 1024 bytes");
        // Eleven bytes as typed, seven in normal form.
        assertThatThrownBy(() -> PasswordRules.check("ann", "e\u0301e\u0301e\u0301ab".substring(0, 7)))
                .hasMessageContaining("shorter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"password", "PassWord", "12345678", "qwertyuiop", "iloveyou", "letmein123", "Annabelle Lee"})
    void whatEverybodyTriesFirstIsRefused(String password) {
        assertThatThrownBy(() -> PasswordRules.check("annabelle lee", password))
                .isInstanceOfSatisfying(
                        FaultException.class, fault -> assertThat(fault.fault()).isEqualTo(Fault.BAD_PASSWORD));
    }

    @Test
    void aSentenceNeedsNeitherDigitsNorCapitals() {
        PasswordRules.check("ann", "the boat leaves at noon");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "Ann Lee", "été", "李小龍", "o'neil", "a@b.example", "x:y", "🙂"})
    void aNameMayHoldSpacesAndAnyScript(String name) {
        assertThat(AccountName.parse(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", " a", "a ", "a\nb", "a\u0000b", "a\u202Eb", "a\u200Bb", "a\u2028b", "a\uD800", "a\uE000"
            })
    void aNameThatCouldDeceiveIsRefused(String name) {
        assertThatThrownBy(() -> AccountName.parse(name))
                .isInstanceOfSatisfying(
                        FaultException.class, fault -> assertThat(fault.fault()).isEqualTo(Fault.BAD_NAME));
    }

    @Test
    void aNameHasAtMostSixtyFourCharacters() {
        assertThat(AccountName.parse("🙂".repeat(64))).hasSize(128);
        assertThatThrownBy(() -> AccountName.parse("🙂".repeat(65))).hasMessageContaining("64");
        assertThat(AccountName.parse("e\u0301")).isEqualTo("é");
    }

    @Test
    void aHashCarriesItsParametersAndMatchesOnlyItsPassword() {
        var argon2 = new Argon2(AuthFixture.CHEAP);
        var stored = argon2.hash("the boat leaves");

        assertThat(stored).matches("\\$argon2id\\$v=19\\$m=64,t=1,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(argon2.hash("the boat leaves")).as("salted").isNotEqualTo(stored);
        assertThat(argon2.matches(stored, "the boat leaves")).isTrue();
        assertThat(argon2.matches(stored, "the boat leaves ")).isFalse();
        assertThat(new Argon2(Argon2.USUAL).matches(stored, "the boat leaves")).isTrue();
        assertThat(new Argon2(Argon2.USUAL).isOutdated(stored)).isTrue();
        assertThat(argon2.isOutdated(stored)).isFalse();
        assertThat(argon2.matches(argon2.ofNobody(), "")).isFalse();
    }

    /** Computed with the reference implementation: argon2 somesalt -id -m 16 -t 2 -p 1, password "password". */
    @Test
    void aHashIsTheSameAsThatOfOtherImplementations() {
        assertThat(new Argon2(Argon2.USUAL)
                        .matches(
                                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                                        + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                                "password"))
                .isTrue();
    }

    @Test
    void theUsualParametersAreAtLeastThoseOfTheDesign() {
        assertThat(Argon2.USUAL.memoryKib()).isGreaterThanOrEqualTo(19 * 1024);
        assertThat(Argon2.USUAL.iterations()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void secretsDoNotRepeat() {
        var seen = new HashSet<Object>();
        for (int i = 0; i < 1_000; i++) {
            seen.add(Secrets.token());
            seen.add(Secrets.oneTimePassword());
            seen.add(Secrets.id());
        }
        assertThat(seen).hasSize(3_000);
        assertThat(Secrets.id()).isBetween(0L, 1L << 53);
    }
}
