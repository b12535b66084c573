package dev.wherry.cli;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What goes where, of all that was named to be sent: worked out before the first byte leaves. */
final class PutPlan {
    private final boolean recursive;
    private final boolean follow;
    private final InputStream pipe;

    private final List<File> files = new ArrayList<>();
    private final Set<VirtualPath> emptyFolders = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private int links;
    private boolean parents;

    PutPlan(boolean recursive, boolean follow, InputStream pipe) {
        this.recursive = recursive;
        this.follow = follow;
        this.pipe = pipe;
    }

    /** Finds out what each source is and where it goes. A source that cannot be sent becomes a problem of its own. */
    void add(List<Place> sources, Destination destination) {
        parents = destination.isMade();
        for (var source : sources) {
            try {
                switch (source) {
                    case Place.Pipe _ ->
                        files.add(new File(new LocalContent.OfPipe(pipe), destination.pathFor(Optional.empty())));
                    case Place.Local(var typed) -> add(typed, destination);
                    case Place.Remote remote ->
                        throw new UsageException(remote + " is on a server; put sends what is on this machine");
                }
            } catch (IOException | FaultException failure) {
                problems.add(new Problem(source.toString(), failure));
            }
        }
    }

    private void add(String typed, Destination destination) throws IOException {
        var path = Path.of(typed);
        var attributes = attributes(path, typed);
        if (!attributes.isDirectory()) {
            files.add(new File(content(path, attributes), destination.pathFor(Optional.of(name(path)))));
            return;
        }
        if (!recursive) {
            throw Fault.IS_FOLDER.because("is a folder: " + typed + " (use -r)");
        }
        var target = path.endsWith(".") || path.endsWith("..") || typed.isEmpty()
                ? destination.folder()
                : destination.pathFor(Optional.of(name(path)));
        walk(path, target);
    }

    private static BasicFileAttributes attributes(Path path, String typed) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException missing) {
            throw Fault.NOT_FOUND.because("no such file: " + typed, missing);
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.toAbsolutePath().normalize().getFileName());
    }

    private static LocalContent content(Path path, BasicFileAttributes attributes) {
        return new LocalContent.OfFile(path, path.toString(), attributes.size());
    }

    private void walk(Path folder, VirtualPath target) throws IOException {
        var found = new Walk(folder, target);
        Set<FileVisitOption> options = follow ? Set.of(FileVisitOption.FOLLOW_LINKS) : Set.of();
        Files.walkFileTree(folder, options, Integer.MAX_VALUE, found);
        found.files.sort(Comparator.comparing(File::target));
        files.addAll(found.files);
        parents = true;
    }

    List<File> files() {
        return files;
    }

    /** Folders in which nothing is: the others come into being with their files. */
    Set<VirtualPath> emptyFolders() {
        return emptyFolders;
    }

    List<Problem> problems() {
        return problems;
    }

    int links() {
        return links;
    }

    /** Whether missing folders above the targets are made. */
    boolean makesParents() {
        return parents;
    }

    long bytes() {
        return files.stream().mapToLong(file -> file.content().size().orElse(0)).sum();
    }

    record File(LocalContent content, VirtualPath target) {}

    /** @param source as typed, or found below what was typed */
    record Problem(String source, Exception failure) {}

    /** Everything below one folder. What cannot be read or named is a problem of its own and stops nothing else. */
    private final class Walk extends SimpleFileVisitor<Path> {
        private final Path top;
        private final VirtualPath target;
        private final List<File> files = new ArrayList<>();

        Walk(Path top, VirtualPath target) {
            this.top = top;
            this.target = target;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            try {
                var path = target(folder);
                emptyFolders.add(path);
                emptyFolders.remove(path.parent());
                return FileVisitResult.CONTINUE;
            } catch (FaultException badName) {
                problems.add(new Problem(folder.toString(), badName));
                return FileVisitResult.SKIP_SUBTREE;
            }
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isSymbolicLink()) {
                links++;
                return FileVisitResult.CONTINUE;
            }
            try {
                if (!attributes.isRegularFile()) {
                    throw Fault.REFUSED_ENTRY.because("neither a file nor a folder: " + file);
                }
                var path = target(file);
                emptyFolders.remove(path.parent());
                files.add(new File(content(file, attributes), path));
            } catch (FaultException badName) {
                problems.add(new Problem(file.toString(), badName));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            problems.add(new Problem(file.toString(), failure));
            return FileVisitResult.CONTINUE;
        }

        private VirtualPath target(Path found) {
            var path = target;
            for (var name : top.relativize(found)) {
                path = name.toString().isEmpty() ? path : path.child(name.toString());
            }
            return path;
        }
    }
}
