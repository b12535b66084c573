package dev.wherry.auth;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.text.Normalizer;
import java.util.Optional;

/** What an account may be called. Upper and lower case differ. */
final class AccountName {
    static final int MAX_CODE_POINTS = 64;

    private AccountName() {}

    /**
     * The name in normal form C.
     *
     * @throws FaultException {@link Fault#BAD_NAME} with the rule that was broken
     */
    static String parse(String text) {
        broken(text).ifPresent(rule -> {
            throw Fault.BAD_NAME
                    .because("an account cannot have this name: " + rule)
                    .with("name", shown(text))
                    .with("rule", rule);
        });
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** The name of an account that may exist; empty where none can have it. */
    static Optional<String> ifPossible(String text) {
        return broken(text).isPresent()
                ? Optional.empty()
                : Optional.of(Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    /** A name as somebody typed it, bounded. */
    static String shown(String typed) {
        return typed.codePointCount(0, typed.length()) <= MAX_CODE_POINTS
                ? typed
                : typed.substring(0, typed.offsetByCodePoints(0, MAX_CODE_POINTS)) + "…";
    }

    private static Optional<String> broken(String text) {
        if (text.isEmpty()) {
            return Optional.of("it is empty");
        }
        if (text.codePointCount(0, text.length()) > MAX_CODE_POINTS) {
            return Optional.of("it is longer than " + MAX_CODE_POINTS + " characters");
        }
        if (!text.strip().equals(text)) {
            return Optional.of("it begins or ends with a space");
        }
        return text.codePoints()
                .filter(AccountName::isForbidden)
                .mapToObj("it holds the invisible character U+%04X"::formatted)
                .findFirst();
    }

    private static boolean isForbidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
