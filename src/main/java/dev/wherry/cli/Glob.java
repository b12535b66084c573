package dev.wherry.cli;

import java.util.regex.Pattern;

/**
 * A pattern for one name: {@code *} any text, {@code ?} any character, {@code [a-z]} and {@code [!a-z]} one of some. As
 * in a shell a leading dot has to be written.
 */
public final class Glob {
    private final Pattern pattern;
    private final boolean hidden;

    public Glob(String glob) {
        this(glob, glob.startsWith("."));
    }

    private Glob(String glob, boolean hidden) {
        this.pattern = Pattern.compile(regex(glob), Pattern.DOTALL);
        this.hidden = hidden;
    }

    /** One to which a leading dot is a character like others. */
    static Glob ofAny(String glob) {
        return new Glob(glob, true);
    }

    public static boolean isIn(String text) {
        return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
    }

    public boolean matches(String name) {
        return (hidden || !name.startsWith(".")) && pattern.matcher(name).matches();
    }

    private static String regex(String glob) {
        var regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            int close = c == '[' ? glob.indexOf(']', i + 2) : -1;
            if (close > 0) {
                regex.append(oneOf(glob.substring(i + 1, close)));
                i = close;
            } else {
                regex.append(
                        switch (c) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(String.valueOf(c));
                        });
            }
        }
        return regex.toString();
    }

    private static String oneOf(String set) {
        boolean none = set.startsWith("!") || set.startsWith("^");
        var members = none ? set.substring(1) : set;
        return "[" + (none ? "^" : "") + members.replaceAll("([\\\\\\[\\]&^])", "\\\\$1") + "]";
    }
}
