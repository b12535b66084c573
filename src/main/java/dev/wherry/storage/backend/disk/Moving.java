package dev.wherry.storage.backend.disk;

import dev.wherry.fault.Fault;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;

/** Gives entries other names. */
final class Moving {
    private final Tree tree;

    Moving(Tree tree) {
        this.tree = tree;
    }

    void move(Change change, VirtualPath to, Precondition expected) {
        var from = change.path();
        if (!to.equals(from) && to.isWithin(from)) {
            throw Fault.BAD_NAME
                    .because("\"" + from + "\" cannot be moved into itself")
                    .with("name", to.toString())
                    .with("rule", "a folder cannot be moved into itself");
        }
        if (to.isRoot()) {
            throw Fault.EXISTS.because("already exists: / is the served folder itself");
        }
        var source = change.keep(tree.place(from));
        boolean folder = source.lookForEntry().isFolder();
        var target = change.keep(tree.place(to));
        if (folder) {
            moveFolder(change, source, target, expected);
        } else {
            target.take(source.folder(), source.name(), expected);
        }
        change.touch(source.folder());
        change.touch(target.folder());
        change.rely(to);
    }

    /** Like one that is made: who puts something into it under its new name must wait for that name. */
    private static void moveFolder(Change change, Place source, Place target, Precondition expected) {
        var safe = change.announce(target);
        try {
            target.takeFolder(source.folder(), source.name(), expected);
        } catch (RuntimeException failure) {
            safe.complete();
            throw failure;
        }
        change.end(source.path());
    }
}
