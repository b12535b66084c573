package dev.wherry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The two tables of {@code src/docs/architecture.md}.
 *
 * @param edges of each package, by its name below the root ({@code Main} for the root itself), what it may use
 * @param reaches of what comes from outside, the longest name first, who may use it
 */
record ArchitectureTable(Map<String, Set<String>> edges, List<Reach> reaches) {
    private static final Path DOCUMENT = Path.of("src/docs/architecture.md");
    private static final String WHOM = "| package | may use |";
    private static final String WHAT = "| of the platform and the libraries | only |";
    private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");
    /** Everyone may use it, so that no row has to say so. */
    private static final String FOR_EVERYONE = "fault";

    /** @param outside a class, or a package with all below it */
    record Reach(String outside, Set<String> only) {
        boolean covers(String className) {
            return className.equals(outside)
                    || className.startsWith(outside + ".")
                    || className.startsWith(outside + "$");
        }
    }

    static ArchitectureTable read() throws IOException {
        var lines = Files.readAllLines(DOCUMENT);
        var edges = new LinkedHashMap<String, Set<String>>();
        for (var row : rows(lines, WHOM)) {
            edges.put(names(row[0]).getFirst(), new LinkedHashSet<>(names(row[1])));
        }
        var reaches = new ArrayList<Reach>();
        for (var row : rows(lines, WHAT)) {
            var only = Set.copyOf(names(row[1]));
            names(row[0]).forEach(outside -> reaches.add(new Reach(outside, only)));
        }
        reaches.sort((one, other) -> other.outside().length() - one.outside().length());
        return new ArchitectureTable(edges, reaches);
    }

    private static List<String[]> rows(List<String> lines, String header) {
        int start = lines.indexOf(header);
        if (start < 0) {
            throw new IllegalStateException(DOCUMENT + " has no table that begins with " + header);
        }
        return lines.stream()
                .skip(start + 2L)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.substring(1).split("\\|", -1))
                .toList();
    }

    private static List<String> names(String cell) {
        return NAME.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    boolean knows(String name) {
        return edges.containsKey(name);
    }

    boolean allows(String from, String to) {
        return from.equals(to)
                || to.equals(FOR_EVERYONE)
                || edges.getOrDefault(from, Set.of()).contains(to);
    }

    /** The rule that forbids this package to use that class from outside, if one does: the most exact one decides. */
    Optional<Reach> forbids(String from, String className) {
        return reaches.stream()
                .filter(reach -> reach.covers(className))
                .findFirst()
                .filter(reach -> !reach.only().contains(from));
    }
}
