package dev.wherry.path;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A name inside the served tree that cannot be unsafe. It is made once, by {@link #parse}, from what a door was given;
 * after that no string is a path. Names are in Unicode normal form C, so that what looks the same is the same.
 *
 * <p>Two paths are compared segment by segment, never by a prefix of their text: {@code /ab} is not inside {@code /a}.
 */
public final class VirtualPath implements Comparable<VirtualPath> {
    public static final int MAX_SEGMENT_BYTES = 200;
    public static final int MAX_BYTES = 4_000;
    public static final int MAX_SEGMENTS = 64;

    /** The served tree itself. */
    public static final VirtualPath ROOT = new VirtualPath(List.of());

    private final List<String> segments;

    private VirtualPath(List<String> segments) {
        this.segments = segments;
    }

    /**
     * Reads a path such as {@code /holiday/été 1.jpg}. The slash at the start may be left out; {@code /} is the root.
     *
     * @throws FaultException {@link Fault#BAD_NAME} with the rule that was broken
     */
    public static VirtualPath parse(String text) {
        var normal = normalise(text);
        if (normal.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw bad(text, "it is longer than " + MAX_BYTES + " bytes");
        }
        var names = normal.substring(1);
        if (names.isEmpty()) {
            return ROOT;
        }
        var segments = new ArrayList<String>();
        for (int start = 0; start <= names.length(); ) {
            int slash = names.indexOf('/', start);
            int end = slash < 0 ? names.length() : slash;
            var segment = names.substring(start, end);
            NameRules.broken(segment).ifPresent(rule -> {
                throw bad(text, rule);
            });
            segments.add(segment);
            start = end + 1;
        }
        if (segments.size() > MAX_SEGMENTS) {
            throw bad(text, "it is deeper than " + MAX_SEGMENTS + " folders");
        }
        return new VirtualPath(List.copyOf(segments));
    }

    /** The text in normal form, with the slash before its first name: so it is stored, and so its bytes are counted. */
    private static String normalise(String text) {
        if (text.isEmpty()) {
            throw bad(text, "it is empty; the whole tree is \"/\"");
        }
        // The normaliser's work grows with its input: what is far too long is refused before it is looked at.
        if (text.length() > MAX_BYTES) {
            throw bad(text.substring(0, 60) + "…", "it is longer than " + MAX_BYTES + " bytes");
        }
        var normal = Normalizer.normalize(text, Normalizer.Form.NFC);
        return normal.startsWith("/") ? normal : "/" + normal;
    }

    private static FaultException bad(String text, String rule) {
        return Fault.BAD_NAME
                .because("this name cannot be used: " + rule)
                .with("name", text)
                .with("rule", rule);
    }

    /** The names from the root down; none for the root. */
    public List<String> segments() {
        return segments;
    }

    public boolean isRoot() {
        return segments.isEmpty();
    }

    /** The last name; empty for the root. */
    public String name() {
        return segments.isEmpty() ? "" : segments.getLast();
    }

    /** The folder that this lies in; the root lies in itself. */
    public VirtualPath parent() {
        return segments.size() <= 1 ? ROOT : new VirtualPath(segments.subList(0, segments.size() - 1));
    }

    /** This path, just one name deeper; the name goes through the same rules. */
    public VirtualPath child(String name) {
        if (name.indexOf('/') >= 0) {
            throw bad(name, "a single name holds no slash");
        }
        if (name.isEmpty()) {
            throw bad(name, "a name is not empty");
        }
        var alone = parse("/" + name);
        if (isRoot()) {
            return alone;
        }
        var whole = this + "/" + alone.name();
        if (segments.size() == MAX_SEGMENTS || whole.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return parse(whole);
        }
        // The names above are the same objects: very many paths are held by who compares trees.
        var names = new ArrayList<>(segments);
        names.add(alone.name());
        return new VirtualPath(List.copyOf(names));
    }

    /** Whether this is {@code folder} or lies anywhere below it. */
    public boolean isWithin(VirtualPath folder) {
        return segments.size() >= folder.segments.size()
                && segments.subList(0, folder.segments.size()).equals(folder.segments);
    }

    /** The rule of other systems that this path breaks, if any: what Windows could not hold. */
    public Optional<String> unportable() {
        return segments.stream()
                .map(NameRules::unportable)
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public int compareTo(VirtualPath other) {
        int common = Math.min(segments.size(), other.segments.size());
        for (int i = 0; i < common; i++) {
            int difference = segments.get(i).compareTo(other.segments.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(segments.size(), other.segments.size());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VirtualPath path && segments.equals(path.segments);
    }

    @Override
    public int hashCode() {
        return segments.hashCode();
    }

    /** The text that {@link #parse} reads back: a slash before every name. */
    @Override
    public String toString() {
        return "/" + String.join("/", segments);
    }
}
