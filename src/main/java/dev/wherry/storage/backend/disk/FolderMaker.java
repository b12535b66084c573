package dev.wherry.storage.backend.disk;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;

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
    void make(Change change, boolean parents) {
        if (change.path().isRoot()) {
            throw Fault.EXISTS.because("\"/\" is there already: it is the served folder itself");
        }
        var place = place(change, change.path(), parents);
        if (!makeIn(place, change)) {
            throw place.exists();
        }
        change.rely(change.path());
    }

    /** The place of a name, in a folder that is made where it is missing and this was asked for. */
    Place place(Change change, VirtualPath path, boolean parents) {
        try {
            return change.keep(tree.place(path));
        } catch (FaultException failure) {
            if (!parents || failure.fault() != Fault.NO_FOLDER) {
                throw failure;
            }
        }
        // Whoever made it meanwhile made it for us too.
        makeIn(place(change, path.parent(), true), change);
        return change.keep(tree.place(path));
    }

    /** @return whether it was made; else something is there already */
    private boolean makeIn(Place place, Change change) {
        var safe = change.announce(place.path());
        try {
            place.folder().makeFolder(place.name(), mode & UMASKABLE);
        } catch (SystemFailure failure) {
            safe.complete();
            if (failure.errno() == Errno.EEXIST) {
                return false;
            }
            throw Refusals.of(failure, place.path());
        }
        change.touch(place.folder());
        setMode(place, change);
        return true;
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
