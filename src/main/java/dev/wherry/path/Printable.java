package dev.wherry.path;

/**
 * Text from outside, made safe for a terminal and a log. Names are data: what would move a cursor, end a line, turn the
 * direction of writing or hide itself is shown as {@code \}{@code u001b}, in the notation of JSON. Joiners and the tags
 * in flags are let through, as they are in names.
 *
 * <p>It is for eyes: a backslash stays as it is, so the text cannot be read back.
 */
public final class Printable {
    private Printable() {}

    /** The same text when nothing in it is dangerous. */
    public static String of(String text) {
        int first = firstDangerous(text);
        if (first == text.length()) {
            return text;
        }
        var safe = new StringBuilder(text.length() + 32).append(text, 0, first);
        text.codePoints().skip(text.codePointCount(0, first)).forEach(character -> {
            if (isDangerous(character)) {
                for (char unit : Character.toChars(character)) {
                    safe.append("\\u%04x".formatted((int) unit));
                }
            } else {
                safe.appendCodePoint(character);
            }
        });
        return safe.toString();
    }

    private static int firstDangerous(String text) {
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            if (isDangerous(character)) {
                return at;
            }
            at += Character.charCount(character);
        }
        return at;
    }

    private static boolean isDangerous(int character) {
        return character != '\\' && NameRules.isForbidden(character);
    }
}
