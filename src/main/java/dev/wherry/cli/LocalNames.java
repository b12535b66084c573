package dev.wherry.cli;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.nio.file.Path;

/**
 * Names of the server as names of this machine. Windows cannot hold them all; there an underline stands for the rest.
 */
final class LocalNames {
    private static final String REFUSED_BY_WINDOWS = "<>:\"|?*";

    /** What Java reads where bytes are no character. */
    private static final char NO_CHARACTER = '\uFFFD';

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

    /**
     * What a name of this machine is called on a server.
     *
     * @throws FaultException {@link Fault#BAD_NAME} when its bytes are not UTF-8: what they stand for nobody can tell
     */
    static String called(Path name) {
        var text = name.toString();
        if (text.indexOf(NO_CHARACTER) >= 0 && !name.equals(name.getFileSystem().getPath(text))) {
            throw Fault.BAD_NAME.because("the bytes of its name are not UTF-8: rename it first");
        }
        return text;
    }

    /** Whether what was typed may stand for a name that is not UTF-8, of which nothing else reaches us. */
    static boolean mayBeOther(String typed) {
        return typed.indexOf(NO_CHARACTER) >= 0;
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
