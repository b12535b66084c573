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
            throw Fault.EXISTS.because("\"/\" is there already: it is the served folder itself");
        }
        var source = change.keep(tree.place(from));
        boolean folder = source.lookForEntry().isFolder();
        var target = change.keep(tree.place(to));
        target.take(source.folder(), source.name(), folder ? new Precondition.Absent() : expected);
        change.touch(source.folder());
        change.touch(target.folder());
        change.rely(to);
    }
}
