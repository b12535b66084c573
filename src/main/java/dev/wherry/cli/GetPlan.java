package dev.wherry.cli;

import dev.wherry.client.RemoteEntry;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What comes from where, of all that was named to be fetched. */
final class GetPlan {
    private final RemoteTree tree;
    private final boolean recursive;
    private final Selection selection;
    private final LocalNames names;

    private final Plan plan = new Plan();
    private final List<Folder> folders = new ArrayList<>();

    GetPlan(RemoteTree tree, boolean recursive, Selection selection, LocalNames names) {
        this.tree = tree;
        this.recursive = recursive;
        this.selection = selection;
        this.names = names;
    }

    /** Finds out what is at a path, and where it goes. What cannot be fetched becomes a problem of its own. */
    void add(VirtualPath path, LocalDestination destination) throws IOException {
        try {
            var entry = tree.stat(path);
            var target = path.isRoot() ? destination.path() : destination.pathFor(names.of(path.name()));
            switch (entry.kind()) {
                case FILE -> {
                    if (selection.takesName(path.name())) {
                        plan.add(new GetFile(path, entry, target, Optional.empty()));
                    }
                }
                case FOLDER -> addFolder(path, entry, target);
                case REFUSED -> throw refused(path, entry);
            }
        } catch (FaultException failure) {
            problem(path.toString(), failure);
        }
    }

    /** The same of a file that goes through standard output. */
    void addIntoPipe(VirtualPath path) throws IOException {
        try {
            var entry = tree.stat(path);
            switch (entry.kind()) {
                case FILE -> plan.add(new GetIntoPipe(path, entry));
                case FOLDER ->
                    throw Fault.IS_FOLDER.because(
                            "is a folder: :" + path + "; only files go through a pipe (-r does not help)");
                case REFUSED -> throw refused(path, entry);
            }
        } catch (FaultException failure) {
            problem(path.toString(), failure);
        }
    }

    private void problem(String path, FaultException failure) {
        plan.problem(Job.Direction.DOWNLOAD, ":" + path, failure);
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
                problem((path.isRoot() ? "" : path) + "/" + below.name(), failure);
            }
        }
        if (selection.isForFiles()) {
            folders.removeIf(isAbove(plan.transfers()).negate());
        }
    }

    private static Predicate<Folder> isAbove(List<Transfer> transfers) {
        var above = new HashSet<Path>();
        for (var transfer : transfers) {
            var folder = Path.of(transfer.job().target()).getParent();
            while (folder != null && above.add(folder)) {
                folder = folder.getParent();
            }
        }
        return folder -> above.contains(folder.target());
    }

    private void addBelow(VirtualPath folder, RemoteEntry entry, Path target) {
        // The server names it; our own rules see to it that the name stays inside the folder.
        var relative = VirtualPath.parse(entry.name());
        boolean holds = entry.isFolder() || entry.unread();
        if (!(holds ? selection.entersFolderAndAbove(relative) : selection.takesFileAndAbove(relative))) {
            return;
        }
        var place = names.below(target, relative);
        switch (entry.kind()) {
            case FILE -> plan.add(new GetFile(RemoteTree.below(folder, relative), entry, place, Optional.empty()));
            case FOLDER -> folders.add(new Folder(entry, place));
            case REFUSED -> throw refused(folder, entry);
        }
    }

    private static FaultException refused(VirtualPath path, RemoteEntry entry) {
        return Fault.REFUSED_ENTRY
                .because("the server does not open " + entry.name() + ": "
                        + entry.refused().orElse("it is no file"))
                .with("path", path.toString());
    }

    Plan plan() {
        return plan;
    }

    /** From the top down. */
    List<Folder> folders() {
        return folders;
    }

    record Folder(RemoteEntry entry, Path target) {}
}
