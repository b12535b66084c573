package dev.wherry.it;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What strace wrote of a process and its threads, with {@code -f -yy}: the calls, in the order they began. */
record SystemCalls(List<Call> calls) {
    private static final Pattern LINE = Pattern.compile("(?:\\[pid\\s+)?(\\d+)\\]?\\s+(.*)");
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");
    private static final String UNFINISHED = " <unfinished ...>";

    /**
     * @param text with its arguments and result
     * @param began the number of the line on which it began
     * @param ended that of the line on which it ended
     */
    record Call(String text, int began, int ended) {
        boolean is(String name) {
            return text.startsWith(name + "(");
        }

        /** Whether the first descriptor that it names is of this path. */
        boolean on(String path) {
            return text.contains("<" + path + ">");
        }

        boolean succeeded() {
            return text.matches("(?s).*\\)\\s+= \\d+.*");
        }

        boolean endedBefore(Call other) {
            return ended < other.began;
        }
    }

    static SystemCalls parse(List<String> lines) {
        var calls = new ArrayList<Call>();
        Map<String, Call> unfinished = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            var line = LINE.matcher(lines.get(i));
            if (!line.matches()) {
                continue;
            }
            var thread = line.group(1);
            var text = line.group(2);
            var resumed = RESUMED.matcher(text);
            if (resumed.matches()) {
                var begun = unfinished.remove(thread);
                if (begun != null) {
                    calls.add(new Call(begun.text() + resumed.group(1), begun.began(), i));
                }
            } else if (text.endsWith(UNFINISHED)) {
                unfinished.put(thread, new Call(text.replace(UNFINISHED, ""), i, i));
            } else {
                calls.add(new Call(text, i, i));
            }
        }
        calls.sort(Comparator.comparingInt(Call::began));
        return new SystemCalls(List.copyOf(calls));
    }

    /** The successful calls that match. */
    List<Call> find(Predicate<Call> wanted) {
        return calls.stream().filter(wanted).filter(Call::succeeded).toList();
    }
}
