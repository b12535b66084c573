package dev.wherry.cli;

import dev.wherry.client.RemoteEntry;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What comes from where, of all that was named to be fetched: worked out before the first byte arrives. */
final class GetPlan {
    private final RemoteTree tree;
    private final boolean recursive;
    private final LocalNames names;

    private final List<File> files = new ArrayList<>();
    private final List<Folder> folders = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    GetPlan(RemoteTree tree, boolean recursive, LocalNames names) {
        this.tree = tree;
        this.recursive = recursive;
        this.names = names;
    }

    /** Finds out what is at a path, and where it goes. What cannot be fetched becomes a problem of its own. */
    void add(VirtualPath path, LocalDestination destination) throws IOException {
        try {
            var entry = tree.stat(path);
            var target = path.isRoot() ? destination.path() : destination.pathFor(names.of(path.name()));
            switch (entry.kind()) {
                case FILE -> files.add(new File(path, entry, target));
                case FOLDER -> addFolder(path, entry, target);
                case REFUSED -> throw refused(path, entry);
            }
        } catch (FaultException failure) {
            problems.add(new Problem(path.toString(), failure));
        }
    }

    private void addFolder(VirtualPath path, RemoteEntry entry, Path target) throws IOException {
        if (!recursive) {
            throw Fault.IS_FOLDER.because("is a folder: :" + path + " (use -r)");
        }
        folders.add(new Folder(entry, target));
        for (var below : tree.list(path, true, true)) {
            try {
                addBelow(path, below, target);
            } catch (FaultException failure) {
                problems.add(new Problem(path + "/" + below.name(), failure));
            }
        }
    }

    private void addBelow(VirtualPath folder, RemoteEntry entry, Path target) {
        if (entry.kind() == Kind.REFUSED) {
            throw refused(folder, entry);
        }
        // The server names it; our own rules see to it that the name stays inside the folder.
        var relative = VirtualPath.parse(entry.name());
        var place = names.below(target, relative);
        if (entry.isFolder()) {
            folders.add(new Folder(entry, place));
        } else {
            files.add(new File(below(folder, relative), entry, place));
        }
    }

    private static VirtualPath below(VirtualPath folder, VirtualPath relative) {
        var path = folder;
        for (var name : relative.segments()) {
            path = path.child(name);
        }
        return path;
    }

    private static FaultException refused(VirtualPath path, RemoteEntry entry) {
        return Fault.REFUSED_ENTRY
                .because("the server does not open " + entry.name() + ": "
                        + entry.refused().orElse("it is no file"))
                .with("path", path.toString());
    }

    List<File> files() {
        return files;
    }

    /** From the top down. */
    List<Folder> folders() {
        return folders;
    }

    List<Problem> problems() {
        return problems;
    }

    long bytes() {
        return files.stream().mapToLong(file -> file.entry().size()).sum();
    }

    record File(VirtualPath path, RemoteEntry entry, Path target) {}

    record Folder(RemoteEntry entry, Path target) {}

    record Problem(String path, FaultException failure) {}
}
