package dev.wherry.cli.shell;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.CompletingParsedLine;

/**
 * A line that is being typed, as far as completion is concerned: its words up to the cursor, and how a name is to be
 * written at the cursor.
 */
final class TypedLine implements CompletingParsedLine {
    private static final String NEEDS_ESCAPE = " \t\"'\\#";

    private final String line;
    private final int cursor;
    private final boolean backslash;
    private final List<String> words;

    /** Where the word at the cursor begins, with its quote. */
    private final int start;

    /** Where it ends; behind the cursor when the cursor is in its middle. */
    private final int end;

    TypedLine(String line, int cursor, boolean backslash) {
        this.line = line;
        this.cursor = cursor;
        this.backslash = backslash;
        var before = Words.of(line.substring(0, cursor), backslash);
        this.words = new ArrayList<>(before.texts());
        var last = before.words().isEmpty() ? null : before.words().getLast();
        if (last == null || last.end() < cursor) {
            words.add("");
            this.start = cursor;
        } else {
            this.start = last.start();
        }
        this.end = Words.of(line, backslash).words().stream()
                .filter(word -> word.start() == start)
                .mapToInt(Words.Word::end)
                .findFirst()
                .orElse(cursor);
    }

    @Override
    public String word() {
        return words.getLast();
    }

    @Override
    public int wordCursor() {
        return word().length();
    }

    @Override
    public int wordIndex() {
        return words.size() - 1;
    }

    @Override
    public List<String> words() {
        return words;
    }

    @Override
    public String line() {
        return line;
    }

    @Override
    public int cursor() {
        return cursor;
    }

    @Override
    public int rawWordCursor() {
        return cursor - start;
    }

    @Override
    public int rawWordLength() {
        return Math.max(end, cursor) - start;
    }

    /** In the quotes with which it began; without, with backslashes, or in quotes where a backslash means nothing. */
    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
        var name = candidate.toString();
        char first = start < line.length() ? line.charAt(start) : ' ';
        if (first == '\'' && name.indexOf('\'') < 0) {
            return first + name + (complete ? "'" : "");
        }
        if (first == '"' || (!backslash && name.chars().anyMatch(c -> NEEDS_ESCAPE.indexOf(c) >= 0 && c != '\\'))) {
            return '"' + (backslash ? name.replace("\\", "\\\\").replace("\"", "\\\"") : name) + (complete ? "\"" : "");
        }
        var escaped = new StringBuilder();
        name.chars().forEach(c -> {
            escaped.append(backslash && NEEDS_ESCAPE.indexOf(c) >= 0 ? "\\" : "")
                    .append((char) c);
        });
        return escaped;
    }
}
