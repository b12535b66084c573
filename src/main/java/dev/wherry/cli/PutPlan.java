package dev.wherry.cli;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What goes where, of all that was named to be sent. */
final class PutPlan {
    private final boolean recursive;
    private final boolean follow;
    private final Selection selection;
    private final Precondition expected;
    private final InputStream pipe;

    private final Plan plan = new Plan();
    private final List<VirtualPath> emptyFolders = new ArrayList<>();
    private int links;

    /**
     * @param follow whether links are what they point to
     * @param expected what the names are to hold before
     */
    PutPlan(boolean recursive, boolean follow, Selection selection, Precondition expected, InputStream pipe) {
        this.recursive = recursive;
        this.follow = follow;
        this.selection = selection;
        this.expected = expected;
        this.pipe = pipe;
    }

    /** Finds out what each source is and where it goes. A source that cannot be sent becomes a problem of its own. */
    void add(List<Place> sources, Destination destination) {
        if (sources.stream().filter(Place.Pipe.class::isInstance).count() > 1) {
            throw new UsageException("standard input can be sent only once");
        }
        for (var source : sources) {
            try {
                switch (source) {
                    case Place.Pipe _ ->
                        add(new LocalContent.OfPipe(pipe), destination.pathFor(Optional.empty()), destination.isMade());
                    case Place.Local(var typed) -> add(typed, destination);
                    case Place.Remote remote ->
                        throw new UsageException(remote + " is on a server; put sends what is on this machine");
                }
            } catch (IOException | FaultException failure) {
                plan.problem(Job.Direction.UPLOAD, source.toString(), failure);
            }
        }
    }

    private void add(String typed, Destination destination) throws IOException {
        var path = Path.of(typed);
        var attributes = attributes(path, typed);
        if (!attributes.isDirectory()) {
            var name = name(path);
            if (selection.takesName(name)) {
                add(
                        LocalContent.OfFile.of(path, attributes),
                        destination.pathFor(Optional.of(name)),
                        destination.isMade());
            }
            return;
        }
        if (!recursive) {
            throw Fault.IS_FOLDER.because("is a folder: " + typed + " (use -r)");
        }
        var target = path.endsWith(".") || path.endsWith("..") || typed.isEmpty()
                ? destination.folder()
                : destination.pathFor(Optional.of(name(path)));
        addFolder(path, target);
    }

    private static BasicFileAttributes attributes(Path path, String typed) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException missing) {
            throw LocalNames.mayBeOther(typed)
                    ? Fault.BAD_NAME.because(
                            typed + ": no such file; one whose name is not UTF-8 has to be renamed first", missing)
                    : Fault.NOT_FOUND.because("no such file: " + typed, missing);
        }
    }

    private static String name(Path path) {
        var name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? "" : LocalNames.called(name);
    }

    private void addFolder(Path folder, VirtualPath target) throws IOException {
        var tree = LocalTree.scan(folder, follow, selection);
        tree.unreadable().forEach(each -> plan.problem(Job.Direction.UPLOAD, each.found(), each.failure()));
        links += tree.links().size();
        for (var file : tree.files().entrySet()) {
            try {
                add(file.getValue(), RemoteTree.below(target, file.getKey()), true);
            } catch (FaultException tooDeep) {
                plan.problem(Job.Direction.UPLOAD, file.getValue().name(), tooDeep);
            }
        }
        if (!selection.isForFiles()) {
            tree.emptyFolders().forEach(empty -> emptyFolders.add(RemoteTree.below(target, empty)));
            if (tree.files().isEmpty() && tree.folders().isEmpty() && !target.isRoot()) {
                emptyFolders.add(target);
            }
        }
    }

    private void add(LocalContent content, VirtualPath target, boolean parents) {
        plan.add(new PutFile(content, target, expected, parents));
    }

    Plan plan() {
        return plan;
    }

    /** Folders that come into being with no file. */
    List<VirtualPath> emptyFolders() {
        return emptyFolders;
    }

    int links() {
        return links;
    }
}
