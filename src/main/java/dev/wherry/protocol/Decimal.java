package dev.wherry.protocol;

import java.util.OptionalLong;

/** Whole numbers as the wire writes them: ASCII digits, no sign, no leading zero. */
final class Decimal {
    private static final int MAX_DIGITS = 19;

    private Decimal() {}

    /** The number, if it is one and at most {@link Long#MAX_VALUE}. */
    static OptionalLong parse(String text) {
        if (!isNumber(text) || text.length() > MAX_DIGITS) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            value = value * 10 + (text.charAt(i) - '0');
        }
        // Nineteen digits overflow at most once, into the sign.
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** Whether this is a number, of any size. */
    static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return !text.isEmpty() && (text.length() == 1 || text.charAt(0) != '0');
    }
}
