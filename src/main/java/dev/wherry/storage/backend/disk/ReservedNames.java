package dev.wherry.storage.backend.disk;

import dev.wherry.fault.Fault;
import dev.wherry.path.VirtualPath;
import java.util.Locale;

/**
 * The names that the server keeps for itself: those at the root that begin with {@code .wherry}, in any case, and
 * however padded with characters that nobody sees: a file system that folds names may ignore both.
 */
final class ReservedNames {
    static final String PREFIX = ".wherry";

    private ReservedNames() {}

    /** Refuses a path that leads to what is the server's own. */
    static void check(VirtualPath path) {
        if (!path.isRoot() && isReserved(path.segments().getFirst())) {
            throw Fault.BAD_NAME
                    .because("this name cannot be used: names at the top that begin with \"" + PREFIX
                            + "\" are the server's own")
                    .with("name", path.toString())
                    .with("rule", "names at the top that begin with \"" + PREFIX + "\" are the server's own");
        }
    }

    static boolean isReserved(String nameAtRoot) {
        var seen = new StringBuilder();
        nameAtRoot.codePoints().filter(character -> !isIgnorable(character)).forEach(seen::appendCodePoint);
        return seen.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).startsWith(PREFIX);
    }

    /** What Unicode lets a comparison of names leave out (Default_Ignorable_Code_Point). */
    private static boolean isIgnorable(int character) {
        return Character.getType(character) == Character.FORMAT
                || character == 0x034F
                || character == 0x115F
                || character == 0x1160
                || character == 0x3164
                || character == 0xFFA0
                || character == 0x17B4
                || character == 0x17B5
                || (character >= 0x180B && character <= 0x180F)
                || (character >= 0xFE00 && character <= 0xFE0F)
                || (character >= 0xE0000 && character <= 0xE0FFF);
    }
}
