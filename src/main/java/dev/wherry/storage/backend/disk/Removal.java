package dev.wherry.storage.backend.disk;

import dev.wherry.fault.Fault;
import dev.wherry.path.VirtualPath;

/** Removes names from the tree. */
final class Removal {
    /** Each level holds a descriptor; the server itself makes far fewer. */
    private static final int DEEPEST = 512;

    private static final int PASSES = 100;

    private final Tree tree;

    Removal(Tree tree) {
        this.tree = tree;
    }

    void file(Change change) {
        var path = change.path();
        if (path.isRoot()) {
            throw Fault.IS_FOLDER.because("\"/\" is the served folder itself, and a file was wanted");
        }
        var place = change.keep(tree.place(path));
        if (place.lookForFile().isEmpty()) {
            throw Fault.NOT_FOUND.because("\"" + path + "\" is not there");
        }
        place.folder().removeFile(place.name());
        change.touch(place.folder());
    }

    void folder(Change change, boolean recursive) {
        var path = change.path();
        if (path.isRoot()) {
            throw Fault.BAD_NAME
                    .because("the served folder itself cannot be removed")
                    .with("name", "/")
                    .with("rule", "the served folder itself cannot be removed");
        }
        var place = change.keep(tree.place(path));
        if (!place.lookForEntry().isFolder()) {
            throw Fault.NOT_FOLDER.because("\"" + path + "\" is a file, and a folder was wanted");
        }
        if (recursive) {
            try (var folder = place.folder().openFolder(place.name())) {
                empty(folder, path, 1);
            }
        }
        try {
            place.folder().removeFolder(place.name());
        } catch (SystemFailure failure) {
            throw failure.errno() == Errno.ENOTEMPTY ? notEmpty(place) : Refusals.of(failure, path);
        }
        change.end(path);
        change.touch(place.folder());
    }

    /** Names that come while it is emptied are looked for again, but not for ever. */
    private static void empty(Descriptor folder, VirtualPath top, int depth) {
        if (depth > DEEPEST) {
            throw Fault.REFUSED_ENTRY.because(
                    "\"" + top + "\" is deeper than " + DEEPEST + " folders; its operator can remove it");
        }
        for (int pass = 0; pass < PASSES && removeAll(folder, top, depth) > 0; pass++) {
            // What was found is gone.
        }
    }

    private static int removeAll(Descriptor folder, VirtualPath top, int depth) {
        int found = 0;
        try (var names = FolderNames.of(folder)) {
            for (var name = names.next(); name.isPresent(); name = names.next()) {
                remove(folder, name.get(), top, depth);
                found++;
            }
        }
        return found;
    }

    /** A link is removed itself, a folder after what is in it; where another file system begins, it ends. */
    private static void remove(Descriptor folder, byte[] name, VirtualPath top, int depth) {
        try {
            if (!folder.stat(name).isFolder()) {
                folder.removeFile(name);
                return;
            }
            try (var below = folder.openFolder(name)) {
                if (below.stat().device() != folder.stat().device()) {
                    throw new SystemFailure("openat2", Errno.EXDEV);
                }
                empty(below, top, depth + 1);
            }
            folder.removeFolder(name);
        } catch (SystemFailure failure) {
            if (failure.errno() != Errno.ENOENT) {
                throw Refusals.of(failure, "something in \"" + top + "\"");
            }
        }
    }

    private static RuntimeException notEmpty(Place place) {
        long entries = 0;
        try (var folder = place.folder().openFolder(place.name());
                var names = FolderNames.of(folder)) {
            while (names.next().isPresent()) {
                entries++;
            }
        }
        return Fault.NOT_EMPTY
                .because("\"" + place.path() + "\" is not empty: " + entries
                        + " entries are in it; remove them first, or ask for the whole folder")
                .with("entries", entries);
    }
}
