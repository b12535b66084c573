package dev.wherry.cli;

import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.util.Optional;

/**
 * Where things go on the server, as with {@code cp -r}: into a folder that exists, into a folder that is made when a
 * slash ends the name, else to that very name.
 *
 * @param path as typed, without the slash at its end
 * @param isFolder whether things go into it, and not to it
 * @param isMade whether it is made when it is missing
 */
record Destination(VirtualPath path, boolean isFolder, boolean isMade) {
    /**
     * @param typed the path with which the destination was named
     * @param exists whether that is a folder; asked only when the text does not say
     * @param several whether more than one thing goes there
     */
    static Destination of(String typed, Look exists, boolean several) throws IOException {
        boolean slash = typed.endsWith("/");
        var path = VirtualPath.parse(slash && typed.length() > 1 ? typed.substring(0, typed.length() - 1) : typed);
        boolean isFolder = path.isRoot() || slash || exists.isFolder(path);
        if (several && !isFolder) {
            throw new UsageException(
                    "several things cannot all become :" + path + "; is it to be a folder? Then write :" + path + "/");
        }
        return new Destination(path, isFolder, slash && !path.isRoot());
    }

    /** Where a thing of this name goes; one without a name can only be given one. */
    VirtualPath pathFor(Optional<String> name) {
        if (!isFolder) {
            return path;
        }
        return path.child(name.orElseThrow(
                () -> new UsageException("what comes from standard input needs a name there, such as :/NAME")));
    }

    /** Where the contents of a folder go. */
    VirtualPath folder() {
        return path;
    }

    interface Look {
        boolean isFolder(VirtualPath path) throws IOException;
    }
}
