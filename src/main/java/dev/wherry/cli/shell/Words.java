package dev.wherry.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The words of a line. Spaces part them; quotes of both kinds hold them together, and so does a backslash before a
 * space; in double quotes a backslash takes the meaning from a quote and from itself. A {@code #} where a word could
 * begin makes the rest a remark.
 *
 * @param open the quote that is not closed, if one is not
 * @param remark where the remark begins; the length of the line when there is none
 */
record Words(List<Word> words, Optional<Character> open, int remark) {
    private static final Pattern SEPARATOR = Pattern.compile(";$|^;|^&&$|^\\|\\|$");

    /**
     * @param text without its quotes
     * @param start where it begins in the line, with its quotes
     * @param end where it ends there
     */
    record Word(String text, int start, int end) {
        /** Without quotes. */
        private boolean isPlain() {
            return end - start == text.length();
        }
    }

    /** @param backslash whether it means something; not where it stands in every path */
    static Words of(String line, boolean backslash) {
        return new Splitter(line, backslash).split();
    }

    List<String> texts() {
        return words.stream().map(Word::text).toList();
    }

    /** Whether it looks as if it held several commands, as the system's shell would take it. */
    boolean seemSeveralCommands() {
        return words.stream()
                .anyMatch(
                        word -> word.isPlain() && SEPARATOR.matcher(word.text()).find());
    }

    /** Reads one line, from the left to the right. */
    private static final class Splitter {
        private static final char NONE = 0;

        private final String line;
        private final boolean backslash;
        private final List<Word> words = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private int start = -1;
        private char quote = NONE;

        Splitter(String line, boolean backslash) {
            this.line = line;
            this.backslash = backslash;
        }

        Words split() {
            int i = 0;
            for (; i < line.length(); i++) {
                char c = line.charAt(i);
                if (quote == NONE && c == '#' && start < 0) {
                    return new Words(words, Optional.empty(), i);
                }
                if (isEscape(c, i)) {
                    begin(i);
                    i++;
                    text.append(line.charAt(i));
                } else if (quote == NONE) {
                    unquoted(c, i);
                } else if (c == quote) {
                    quote = NONE;
                } else {
                    text.append(c);
                }
            }
            end(line.length());
            return new Words(words, quote == NONE ? Optional.empty() : Optional.of(quote), line.length());
        }

        private boolean isEscape(char c, int at) {
            if (!backslash || c != '\\' || at + 1 == line.length() || quote == '\'') {
                return false;
            }
            char next = line.charAt(at + 1);
            return quote == NONE || next == '"' || next == '\\';
        }

        private void unquoted(char c, int at) {
            if (Character.isWhitespace(c)) {
                end(at);
                return;
            }
            begin(at);
            if (c == '"' || c == '\'') {
                quote = c;
            } else {
                text.append(c);
            }
        }

        private void begin(int at) {
            if (start < 0) {
                start = at;
            }
        }

        private void end(int at) {
            if (start >= 0) {
                words.add(new Word(text.toString(), start, at));
                text.setLength(0);
                start = -1;
            }
        }
    }
}
