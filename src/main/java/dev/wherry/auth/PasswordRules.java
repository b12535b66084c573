package dev.wherry.auth;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What may be a password: long enough, and not among those that everybody tries first. No rules about digits and
 * capitals, which make passwords worse (NIST SP 800-63B, 3.1.1.2).
 */
final class PasswordRules {
    private static final int MIN_BYTES = 8;
    private static final int MAX_BYTES = 1_024;
    private static final Set<String> COMMON = common();

    private PasswordRules() {}

    private static Set<String> common() {
        var name = "common-passwords.txt";
        try (var resource = PasswordRules.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("the resource is missing: " + name);
            }
            return new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @throws FaultException {@link Fault#BAD_PASSWORD} with the rule that was broken, never with the password */
    static void check(String account, String password) {
        var normal = Argon2.normal(password);
        int bytes = normal.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < MIN_BYTES) {
            // Each takes a byte or more: so this is true, and in the words of whoever types.
            throw bad("it is shorter than " + MIN_BYTES + " characters");
        }
        if (bytes > MAX_BYTES) {
            throw bad("it is longer than " + MAX_BYTES + " bytes");
        }
        var folded = normal.toLowerCase(Locale.ROOT);
        if (folded.equals(account.toLowerCase(Locale.ROOT))) {
            throw bad("it is the name of the account");
        }
        if (COMMON.contains(folded)) {
            throw bad("it is one of those that are tried first");
        }
    }

    static FaultException bad(String rule) {
        return Fault.BAD_PASSWORD
                .because("this password cannot be used: " + rule + "; choose another")
                .with("rule", rule);
    }
}
