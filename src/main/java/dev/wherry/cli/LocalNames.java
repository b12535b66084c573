package dev.wherry.cli;

import dev.wherry.path.VirtualPath;
import java.nio.file.Path;

/**
 * Names of the server as names of this machine. Windows cannot hold them all; there an underline stands for the rest.
 */
final class LocalNames {
    private static final String REFUSED_BY_WINDOWS = "<>:\"|?*";

    private final boolean windows;

    LocalNames(boolean windows) {
        this.windows = windows;
    }

    /**
     * The place below a folder here that stands for a path below one there. The names have been through the rules of
     * {@link VirtualPath}, so none leads out of the folder.
     */
    Path below(Path folder, VirtualPath path) {
        var place = folder;
        for (var name : path.segments()) {
            place = place.resolve(of(name));
        }
        return place;
    }

    String of(String name) {
        if (!windows || VirtualPath.parse(name).unportable().isEmpty()) {
            return name;
        }
        var held = new StringBuilder();
        name.codePoints()
                .forEach(character ->
                        held.appendCodePoint(REFUSED_BY_WINDOWS.indexOf(character) >= 0 ? '_' : character));
        if (name.endsWith(".") || name.endsWith(" ")) {
            held.setCharAt(held.length() - 1, '_');
        }
        // What is still refused is the name of a device.
        return VirtualPath.parse(held.toString()).unportable().isPresent() ? "_" + held : held.toString();
    }
}
