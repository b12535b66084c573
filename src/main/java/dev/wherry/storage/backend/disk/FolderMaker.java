package dev.wherry.storage.backend.disk;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.Parents;
import java.util.Optional;

/** Makes folders, with the permissions that were configured. */
final class FolderMaker {
    private static final int UMASKABLE = 0777;

    private final Tree tree;
    private final int mode;

    FolderMaker(Tree tree, int mode) {
        this.tree = tree;
        this.mode = mode;
    }

    /** Makes a folder where nothing is. */
    void make(Change change, Parents parents) {
        if (change.path().isRoot()) {
            throw Fault.EXISTS.because("already exists: / is the served folder itself");
        }
        var place = place(change, change.path(), parents);
        makeIn(place, change).ifPresent(failure -> {
            throw place.taken(failure);
        });
        change.rely(change.path());
    }

    /** The place of a name, in a folder that is made where it is missing and may be made. */
    Place place(Change change, VirtualPath path, Parents parents) {
        try {
            return change.keep(tree.place(path));
        } catch (FaultException failure) {
            if (failure.fault() != Fault.NO_FOLDER) {
                throw failure;
            }
            requireMakeable(path.parent(), parents, failure);
        }
        // Whoever made it meanwhile made it for us too.
        makeIn(place(change, path.parent(), parents), change);
        return change.keep(tree.place(path));
    }

    private static void requireMakeable(VirtualPath missing, Parents parents, FaultException otherwise) {
        switch (parents) {
            case Parents.None() -> throw otherwise;
            case Parents.From(VirtualPath highest) -> {
                if (!missing.isWithin(highest)) {
                    throw Parents.denied(missing);
                }
            }
        }
    }

    /** @return what the system said when something is there already */
    private Optional<SystemFailure> makeIn(Place place, Change change) {
        var safe = change.announce(place);
        try {
            place.folder().makeFolder(place.name(), mode & UMASKABLE);
        } catch (SystemFailure failure) {
            safe.complete();
            if (failure.errno() == Errno.EEXIST) {
                return Optional.of(failure);
            }
            throw Refusals.of(failure, place.path());
        }
        change.touch(place.folder());
        setMode(place, change);
        return Optional.empty();
    }

    /** The group of the folder above was inherited by the system, if that folder asks for it: so is the asking. */
    private void setMode(Place place, Change change) {
        var folder = change.keep(place.folder().openFolder(place.name()));
        var made = folder.stat();
        int wanted = mode | (made.mode() & Stat.SET_GROUP);
        if (made.permissions() != wanted) {
            folder.setMode(wanted);
            change.touch(folder);
        }
    }
}
