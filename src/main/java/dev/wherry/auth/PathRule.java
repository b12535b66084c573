package dev.wherry.auth;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What an account may do with a path and all below it, as far as no longer rule says otherwise. */
record PathRule(VirtualPath path, Set<Right> rights) {
    /** Written where a rule takes every right away. */
    private static final String NONE = "none";

    static final PathRule EVERYTHING = new PathRule(VirtualPath.ROOT, unmodifiable(EnumSet.allOf(Right.class)));
    static final PathRule USUAL =
            new PathRule(VirtualPath.ROOT, unmodifiable(EnumSet.of(Right.LIST, Right.READ, Right.WRITE, Right.DELETE)));

    private static Set<Right> unmodifiable(EnumSet<Right> rights) {
        return Collections.unmodifiableSet(rights);
    }

    /**
     * Reads a rule such as {@code /team:list,read,write}, or {@code /private:none}.
     *
     * @throws FaultException {@link Fault#MALFORMED}, or {@link Fault#BAD_NAME} for its path
     */
    static PathRule parse(String text) {
        // Names may hold colons; rights do not.
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw malformed(text, "it has no colon between path and rights");
        }
        return new PathRule(VirtualPath.parse(text.substring(0, colon)), rights(text.substring(colon + 1)));
    }

    /** Reads rights such as {@code list,read}, or {@code none}. */
    static Set<Right> rights(String text) {
        var rights = EnumSet.noneOf(Right.class);
        if (!text.equals(NONE)) {
            for (var word : text.split(",", -1)) {
                rights.add(Arrays.stream(Right.values())
                        .filter(right -> word(right).equals(word))
                        .findFirst()
                        .orElseThrow(() -> malformed(text, "\"" + word + "\" is no right")));
            }
        }
        return unmodifiable(rights);
    }

    /**
     * Reads one right.
     *
     * @throws FaultException {@link Fault#MALFORMED}
     */
    static Right right(String word) {
        return Arrays.stream(Right.values())
                .filter(right -> word(right).equals(word))
                .findFirst()
                .orElseThrow(() -> Fault.MALFORMED
                        .because("this is no right; there are " + words(EnumSet.allOf(Right.class)))
                        .with("right", word));
    }

    /**
     * Reads the rules of one account.
     *
     * @throws FaultException {@link Fault#MALFORMED}, when two are about the same path too
     */
    static List<PathRule> parseAll(List<String> texts) {
        var rules = texts.stream().map(PathRule::parse).toList();
        if (rules.stream().map(PathRule::path).distinct().count() < rules.size()) {
            throw malformed(String.join(" ", texts), "two rules are about the same path");
        }
        return rules;
    }

    private static FaultException malformed(String text, String why) {
        return Fault.MALFORMED
                .because("this rule cannot be read: " + why + "; a rule looks like /team:list,read, and the rights are "
                        + words(EnumSet.allOf(Right.class)) + ", or " + NONE)
                .with("rule", text);
    }

    /** The rights, as {@link #rights(String)} reads them. */
    String words() {
        return rights.isEmpty() ? NONE : words(rights);
    }

    private static String words(Set<Right> rights) {
        return rights.stream().sorted().map(PathRule::word).collect(Collectors.joining(","));
    }

    private static String word(Right right) {
        return right.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return path + ":" + words();
    }
}
