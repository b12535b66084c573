package dev.wherry.cli;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What lies below a folder of this machine, by its path below it. What cannot be read or named stops nothing else. */
final class LocalTree {
    private final Path top;
    /** The top itself, or what it points to: a link that was named is meant. */
    private final Path start;

    private final Selection selection;

    private final SortedMap<VirtualPath, LocalContent.OfFile> files = new TreeMap<>();
    private final SortedMap<VirtualPath, BasicFileAttributes> folders = new TreeMap<>();
    private final SortedSet<VirtualPath> links = new TreeSet<>();
    private final SortedMap<VirtualPath, Kind> leftOut = new TreeMap<>();
    private final Set<VirtualPath> excluding = new HashSet<>();
    private final List<Unreadable> unreadable = new ArrayList<>();

    private LocalTree(Path top, Path start, Selection selection) {
        this.top = top;
        this.start = start;
        this.selection = selection;
    }

    /** @param follow whether links are what they point to; else they are only counted */
    static LocalTree scan(Path top, boolean follow, Selection selection) throws IOException {
        var start = Files.isSymbolicLink(top) ? top.toRealPath() : top;
        var tree = new LocalTree(top, start, selection);
        Set<FileVisitOption> options = follow ? Set.of(FileVisitOption.FOLLOW_LINKS) : Set.of();
        Files.walkFileTree(start, options, Integer.MAX_VALUE, tree.new Walk());
        return tree;
    }

    /** Of a folder that is not there yet. */
    static LocalTree empty(Path top) {
        return new LocalTree(top, top, new Selection());
    }

    SortedMap<VirtualPath, LocalContent.OfFile> files() {
        return files;
    }

    /** From the top down, without the top. */
    SortedMap<VirtualPath, BasicFileAttributes> folders() {
        return folders;
    }

    SortedSet<VirtualPath> links() {
        return links;
    }

    /** Files and links that are not among those that are meant, though they are not excluded. */
    SortedMap<VirtualPath, Kind> leftOut() {
        return leftOut;
    }

    /** Folders in which something is that is excluded. */
    Set<VirtualPath> excluding() {
        return excluding;
    }

    List<Unreadable> unreadable() {
        return unreadable;
    }

    /** Folders in which nothing is that goes anywhere: the others come into being with their files. */
    List<VirtualPath> emptyFolders() {
        var empty = new TreeSet<>(folders.keySet());
        files.keySet().forEach(file -> empty.remove(file.parent()));
        folders.keySet().forEach(folder -> empty.remove(folder.parent()));
        return List.copyOf(empty);
    }

    /** What people are told of links that did not go. */
    static String skipped(int links) {
        return links + (links == 1 ? " link" : " links") + " skipped (--follow sends what they point to)";
    }

    /** @param found as it is called here */
    record Unreadable(String found, Exception failure) {}

    private final class Walk extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (folder.equals(start)) {
                return FileVisitResult.CONTINUE;
            }
            var path = path(folder, false);
            if (path.isEmpty()) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (!selection.entersFolder(path.get())) {
                excluding.add(path.get().parent());
                return FileVisitResult.SKIP_SUBTREE;
            }
            folders.put(path.get(), attributes);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            path(file, true).ifPresent(path -> choose(path, file, attributes));
            return FileVisitResult.CONTINUE;
        }

        private void choose(VirtualPath path, Path file, BasicFileAttributes attributes) {
            if (!selection.entersFolder(path)) {
                excluding.add(path.parent());
            } else if (selection.takesFile(path)) {
                add(path, file, attributes);
            } else {
                leftOut.put(path, attributes.isRegularFile() ? Kind.FILE : Kind.REFUSED);
            }
        }

        private void add(VirtualPath path, Path file, BasicFileAttributes attributes) {
            var shown = top.resolve(start.relativize(file));
            if (attributes.isSymbolicLink()) {
                links.add(path);
            } else if (!attributes.isRegularFile()) {
                unreadable.add(new Unreadable(
                        shown.toString(), Fault.REFUSED_ENTRY.because("neither a file nor a folder: " + shown)));
            } else if (files.putIfAbsent(path, LocalContent.OfFile.of(shown, attributes)) != null) {
                unreadable.add(new Unreadable(
                        shown.toString(),
                        Fault.BAD_NAME.because("another file here has the same name to a server: " + shown)));
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            if (file.equals(start)
                    || path(file, true).filter(selection::entersFolder).isPresent()) {
                unreadable.add(new Unreadable(file.toString(), failure));
            }
            return FileVisitResult.CONTINUE;
        }

        /** None of a name that no server takes, which is noted unless it is left out anyway. */
        private Optional<VirtualPath> path(Path found, boolean isFile) {
            var path = VirtualPath.ROOT;
            try {
                for (var name : start.relativize(found)) {
                    path = path.child(LocalNames.called(name));
                }
                return Optional.of(path);
            } catch (FaultException badName) {
                if (selection.mayMean(String.valueOf(found.getFileName()), isFile)) {
                    unreadable.add(new Unreadable(found.toString(), badName));
                }
                return Optional.empty();
            }
        }
    }
}
