package dev.wherry.cli;

import dev.wherry.path.Sha256;

/** Lines as {@code sha256sum} of GNU coreutils writes and checks them. */
final class Sums {
    private Sums() {}

    /** A name with a backslash or a line end has these escaped, and a backslash at the start of its line. */
    static String line(Sha256 sha256, String name) {
        var escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        return (escaped.equals(name) ? "" : "\\") + sha256.hex() + "  " + escaped;
    }
}
