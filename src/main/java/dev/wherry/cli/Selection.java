package dev.wherry.cli;

import dev.wherry.path.VirtualPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * Which of the files that were found are meant. A pattern without a slash is for one name, wherever it stands; one with
 * a slash for the path below the folder that was named, in which {@code **} stands for any folders. Hidden names are
 * names like others here.
 */
final class Selection {
    @Option(
            names = "--exclude",
            paramLabel = "GLOB",
            description =
                    "Leave out files and folders that match, such as \"*.tmp\" or \"build/**\"; may be said again.")
    List<String> exclude = new ArrayList<>();

    @Option(
            names = "--include",
            paramLabel = "GLOB",
            description = "Of the files, only those that match; may be said again. What is excluded stays so.")
    List<String> include = new ArrayList<>();

    /** Read once each. */
    private final Map<String, Glob> globs = new HashMap<>();

    /** Whether a folder may hold something that is meant. */
    boolean entersFolder(VirtualPath path) {
        return exclude.stream().noneMatch(pattern -> matches(pattern, path));
    }

    /** Whether a file is meant that was named itself. */
    boolean takesName(String name) {
        return exclude.stream().noneMatch(pattern -> glob(pattern).matches(name))
                && (include.isEmpty()
                        || include.stream().anyMatch(pattern -> glob(pattern).matches(name)));
    }

    /** Whether a name that is no server's may be meant: it is left out only where its name alone decides that. */
    boolean mayMean(String name, boolean isFile) {
        boolean excluded = exclude.stream()
                .anyMatch(pattern -> isForNames(pattern) && glob(pattern).matches(name));
        return !excluded
                && (!isFile
                        || include.isEmpty()
                        || include.stream()
                                .anyMatch(pattern ->
                                        !isForNames(pattern) || glob(pattern).matches(name)));
    }

    private static boolean isForNames(String pattern) {
        return pattern.indexOf('/') < 0;
    }

    /** Whether a file is meant; nothing is said of the folders above it. */
    boolean takesFile(VirtualPath path) {
        return entersFolder(path)
                && (include.isEmpty() || include.stream().anyMatch(pattern -> matches(pattern, path)));
    }

    /** The same of a path whose folders have not been asked about one by one. */
    boolean takesFileAndAbove(VirtualPath path) {
        return takesFile(path) && entersAbove(path);
    }

    /** Whether a folder and all above it may hold something. */
    boolean entersFolderAndAbove(VirtualPath path) {
        return entersFolder(path) && entersAbove(path);
    }

    private boolean entersAbove(VirtualPath path) {
        if (exclude.isEmpty()) {
            return true;
        }
        for (var folder = path.parent(); !folder.isRoot(); folder = folder.parent()) {
            if (!entersFolder(folder)) {
                return false;
            }
        }
        return true;
    }

    /** Whether folders count only for the files in them. */
    boolean isForFiles() {
        return !include.isEmpty();
    }

    private boolean matches(String pattern, VirtualPath path) {
        if (isForNames(pattern)) {
            return glob(pattern).matches(path.name());
        }
        return matches(List.of(pattern.replaceAll("^/|/$", "").split("/")), path.segments());
    }

    private boolean matches(List<String> patterns, List<String> names) {
        if (patterns.isEmpty()) {
            return names.isEmpty();
        }
        var below = patterns.subList(1, patterns.size());
        if (patterns.getFirst().equals("**")) {
            // At the end it stands for something, else for nothing too.
            return (!below.isEmpty() && matches(below, names))
                    || (!names.isEmpty() && (below.isEmpty() || matches(patterns, names.subList(1, names.size()))));
        }
        return !names.isEmpty()
                && glob(patterns.getFirst()).matches(names.getFirst())
                && matches(below, names.subList(1, names.size()));
    }

    private Glob glob(String pattern) {
        return globs.computeIfAbsent(pattern, Glob::ofAny);
    }
}
