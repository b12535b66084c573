package dev.wherry.protocol;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the rest of a request line into words. A word is bare (no space, no quote, no control character) or a JSON
 * string in double quotes (RFC 8259, section 7), and may have {@code name=} before it.
 */
final class Words {
    private static final String BARE_SIGNS = "/._-:,+@~";
    private static final int MAX_SHOWN = 60;

    private final String line;
    private int at;

    private Words(String line, int from) {
        this.line = line;
        this.at = from;
    }

    /**
     * One word of a line.
     *
     * @param name what stands before the first {@code =}, when it is letters only; else empty
     * @param value the rest, without its quotes
     */
    record Word(String name, String value, boolean quoted) {
        boolean isOption() {
            return !name.isEmpty();
        }

        /** Whether this is a JSON string and nothing else. */
        boolean isPlainlyQuoted() {
            return quoted && !isOption();
        }

        /** The word where an argument is expected: {@code a=b} is then a name like any other. */
        String argument() {
            if (isOption() && quoted) {
                throw Fault.MALFORMED.because("an argument here was expected, and " + name
                        + "=\"…\" is an option; quote a name as a whole: \"" + name + "=…\"");
            }
            return isOption() ? name + "=" + value : value;
        }
    }

    /**
     * The words from this index on.
     *
     * @throws FaultException {@link Fault#MALFORMED}
     */
    static List<Word> of(String line, int from) {
        var words = new ArrayList<Word>();
        var cursor = new Words(line, from);
        while (cursor.skipSpaces()) {
            words.add(cursor.word());
        }
        return words;
    }

    /** The value as a word that {@link #of} reads back, in quotes where it needs them. */
    static String quoted(String value) {
        return isPlain(value) ? value : quote(value);
    }

    /** The value in quotes, as a JSON string without any control character. */
    static String quote(String value) {
        var text = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (Character.isISOControl(c) || isHalf(value, i)) {
                text.append("\\u%04x".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }

    /** What somebody wrote, fit to be shown in a message. */
    static String shown(String text) {
        return quote(text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…");
    }

    /** Whether half of a pair stands alone here, so that UTF-8 cannot carry it. */
    private static boolean isHalf(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean plain = isLetter(c) || (c >= '0' && c <= '9') || BARE_SIGNS.indexOf(c) >= 0;
            if (!plain) {
                return false;
            }
        }
        return !value.isEmpty();
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private boolean skipSpaces() {
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at < line.length();
    }

    private Word word() {
        var name = name();
        boolean isQuoted = at < line.length() && line.charAt(at) == '"';
        return new Word(name, isQuoted ? string() : bare(), isQuoted);
    }

    /** Reads {@code name=} if it stands here. */
    private String name() {
        int end = at;
        while (end < line.length() && isLetter(line.charAt(end))) {
            end++;
        }
        if (end == at || end == line.length() || line.charAt(end) != '=') {
            return "";
        }
        var name = line.substring(at, end);
        at = end + 1;
        return name;
    }

    private String bare() {
        int start = at;
        for (; at < line.length() && line.charAt(at) != ' '; at++) {
            char c = line.charAt(at);
            if (c == '"') {
                throw Fault.MALFORMED.because(
                        "a quote stands inside a bare word; put the whole word in quotes, as in" + " \"/a \\\" b\"");
            }
            if (Character.isISOControl(c)) {
                throw Fault.MALFORMED.because(
                        "the line holds a control character (U+%04X); words are parted by spaces".formatted((int) c));
            }
        }
        return line.substring(start, at);
    }

    private String string() {
        at++;
        var text = new StringBuilder();
        while (at < line.length() && line.charAt(at) != '"') {
            char c = line.charAt(at++);
            if (c < ' ') {
                throw Fault.MALFORMED.because(
                        "a quoted word holds a raw control character (U+%04X); write it as \\u%04x"
                                .formatted((int) c, (int) c));
            }
            text.append(c == '\\' ? escaped() : c);
        }
        if (at == line.length()) {
            throw Fault.MALFORMED.because("a quote is opened and not closed");
        }
        at++;
        if (at < line.length() && line.charAt(at) != ' ') {
            throw Fault.MALFORMED.because("a space must follow a closing quote");
        }
        return whole(text.toString());
    }

    private char escaped() {
        if (at == line.length()) {
            throw Fault.MALFORMED.because("a quote is opened and not closed");
        }
        char c = line.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> fourDigits();
            default -> throw badEscape();
        };
    }

    private char fourDigits() {
        int value = 0;
        for (int i = 0; i < 4; i++, at++) {
            char c = at < line.length() ? line.charAt(at) : ' ';
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw badEscape();
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }

    private static FaultException badEscape() {
        return Fault.MALFORMED.because(
                "a quoted word holds an escape that JSON does not have; a backslash itself is written \\\\");
    }

    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isHalf(text, i)) {
                throw Fault.MALFORMED.because("a quoted word holds half of a character (a lone surrogate)");
            }
        }
        return text;
    }
}
