package dev.wherry.cli.shell;

import dev.wherry.cli.Glob;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The folder here and the folder on the server in which names begin that are not whole. Touched by the prompt alone.
 */
final class Whereabouts {
    /** {@code [USER@]HOST[:PORT]:/path}, which says its server itself. */
    private static final Pattern ELSEWHERE = Pattern.compile("[^/]+:/.*");

    private final Path started;
    private final Path home;
    private Path here;
    private VirtualPath there = VirtualPath.ROOT;
    private VirtualPath before = VirtualPath.ROOT;

    /** @param started the folder of the process, which the platform takes every path from */
    Whereabouts(Path started, Path home) {
        this.started = started;
        this.home = home;
        this.here = started;
    }

    Path here() {
        return here;
    }

    VirtualPath there() {
        return there;
    }

    Path home() {
        return home;
    }

    /** The folder on the server that one was in before this one. */
    VirtualPath before() {
        return before;
    }

    void goHere(Path folder) {
        here = folder;
    }

    void goThere(VirtualPath folder) {
        before = there;
        there = folder;
    }

    /** Another server: nothing of what was before is there. */
    void forgetThere() {
        there = VirtualPath.ROOT;
        before = VirtualPath.ROOT;
    }

    /** A name of this machine, as short as it was typed where that means the same. */
    String here(String typed) {
        if (typed.equals("~") || typed.startsWith("~/")) {
            return home + typed.substring(1);
        }
        if (here.equals(started)
                || typed.isEmpty()
                || typed.equals("-")
                || Path.of(typed).isAbsolute()) {
            return typed;
        }
        var path = here.resolve(typed).toString();
        return typed.endsWith("/") ? path + "/" : path;
    }

    /** The files here that a glob stands for, in order; what matches nothing, and what is there, stands for itself. */
    List<String> expanded(String typed) {
        var path = here(typed);
        if (!Glob.isIn(typed) || Files.exists(Path.of(path))) {
            return List.of(path);
        }
        var root = Path.of(path).getRoot();
        var found = List.of(root == null ? Path.of("") : root);
        for (var name : Path.of(path)) {
            var glob = name.toString();
            found = Glob.isIn(glob)
                    ? found.stream()
                            .flatMap(folder -> matches(folder, glob).stream())
                            .toList()
                    : found.stream()
                            .map(folder -> folder.resolve(glob))
                            .filter(Files::exists)
                            .toList();
        }
        return found.isEmpty()
                ? List.of(path)
                : found.stream().map(Path::toString).toList();
    }

    private static List<Path> matches(Path folder, String typed) {
        if (Files.exists(folder.resolve(typed))) {
            return List.of(folder.resolve(typed));
        }
        var glob = new Glob(typed);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var found = new ArrayList<Path>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
            names.forEach(path -> {
                if (glob.matches(String.valueOf(path.getFileName()))) {
                    found.add(folder.resolve(String.valueOf(path.getFileName())));
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(folder + ": " + unreadable.getMessage(), unreadable);
        }
        found.sort(null);
        return found;
    }

    /** A place on either side: a colon marks what is on the server. */
    String place(String typed) {
        return typed.startsWith(":") ? ":" + there(typed.substring(1)) : typed;
    }

    /** A place on the server: the colon may be left out. */
    String remote(String typed) {
        if (typed.equals("-") || ELSEWHERE.matcher(typed).matches()) {
            return typed;
        }
        return ":" + there(typed.startsWith(":") ? typed.substring(1) : typed);
    }

    /** A path on the server from its root on, without {@code .} and {@code ..}; a slash at its end stays. */
    String there(String typed) {
        var names = new ArrayDeque<String>();
        if (!typed.startsWith("/")) {
            names.addAll(there.segments());
        }
        for (var name : typed.split("/", -1)) {
            switch (name) {
                case "", "." -> {}
                case ".." -> names.pollLast();
                default -> names.add(name);
            }
        }
        var path = "/" + String.join("/", names);
        return typed.endsWith("/") && !names.isEmpty() ? path + "/" : path;
    }
}
