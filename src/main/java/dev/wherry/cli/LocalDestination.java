package dev.wherry.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things go on this machine, as with {@code cp -r}: into a folder that exists, into a folder that is made when a
 * slash ends the name, else to that very name.
 *
 * @param isFolder whether things go into it, and not to it
 */
record LocalDestination(Path path, boolean isFolder) {
    /** @param several whether more than one thing goes there */
    static LocalDestination of(String typed, boolean several) {
        var path = Path.of(typed);
        boolean isFolder = typed.endsWith("/") || typed.endsWith(File.separator) || Files.isDirectory(path);
        if (several && !isFolder) {
            throw new UsageException(
                    "several things cannot all become " + typed + "; is it to be a folder? Then write " + typed + "/");
        }
        return new LocalDestination(path, isFolder);
    }

    Path pathFor(String name) {
        if (!isFolder) {
            return path;
        }
        return path.toString().equals(".") ? Path.of(name) : path.resolve(name);
    }
}
