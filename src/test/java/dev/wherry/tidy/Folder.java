package dev.wherry.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules about the project as a folder: its packages, and what its files give away. */
public final class Folder {
    /** Not ours to judge: what builds and runs leave, and what editors keep. */
    private static final Set<String> NOT_OURS = Set.of("target", "data", ".git", ".idea", ".vscode");

    /** A folder of somebody's machine; pieces, so that this file does not break the rule itself. */
    private static final Pattern MACHINE = Pattern.compile(
            "(?<![\\w.$}])/(?:ro" + "ot|wo" + "rk|ho" + "me/[a-z]\\w*|Us" + "ers/[A-Za-z]\\w*|t" + "mp/\\w+)/[\\w.-]");

    private Folder() {}

    /** Packages whose types are not null-checked. */
    public static List<String> unmarked(List<Path> roots) throws IOException {
        var packages = new ArrayList<Path>();
        for (var root : roots) {
            try (var files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .map(file -> root.relativize(file).resolveSibling(""))
                        .distinct()
                        .forEach(packages::add);
            }
        }
        return packages.stream()
                .distinct()
                .filter(each -> roots.stream()
                        .noneMatch(root -> isMarked(root.resolve(each).resolve("package-info.java"))))
                .map(each -> each + " has no package-info.java with @NullMarked")
                .toList();
    }

    private static boolean isMarked(Path packageInfo) {
        return Files.exists(packageInfo) && read(packageInfo).contains("@NullMarked");
    }

    /** Lines that name a folder of one machine. */
    public static List<String> machinePaths(Path project) throws IOException {
        return below(project, Folder::machinePaths);
    }

    /** Files whose lines do not end as the system ends them that reads them. */
    public static List<String> lineEnds(Path project) throws IOException {
        return below(project, Folder::lineEnds);
    }

    /** What is found in the texts of our files, by name and content. */
    private static List<String> below(Path project, BiFunction<String, String, Stream<String>> find)
            throws IOException {
        try (var files = Files.list(project)) {
            var ours = files.filter(
                            each -> !NOT_OURS.contains(each.getFileName().toString()))
                    .toList();
            var violations = new ArrayList<String>();
            for (var each : ours) {
                try (var all = Files.walk(each)) {
                    all.filter(Files::isRegularFile)
                            .flatMap(file -> find.apply(file.toString(), read(file)))
                            .forEach(violations::add);
                }
            }
            return violations;
        }
    }

    public static Stream<String> lineEnds(String name, String text) {
        boolean isForWindows = name.endsWith(".cmd");
        boolean isRight = isForWindows ? text.replace("\r\n", "").indexOf('\n') < 0 : text.indexOf('\r') < 0;
        return isRight
                ? Stream.of()
                : Stream.of(name + " ends a line as " + (isForWindows ? "only Unix does" : "only Windows does"));
    }

    public static Stream<String> machinePaths(String name, String text) {
        return text.lines()
                .filter(line -> MACHINE.matcher(line).find())
                .map(line -> name + " names a folder of one machine: " + line.strip());
    }

    /** Text, or nothing where it is not. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException binary) {
            return "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
