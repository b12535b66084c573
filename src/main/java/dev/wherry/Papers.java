package dev.wherry;

import java.io.IOException;
import java.nio.file.Path;

/** Run by the build: writes manual pages and completion scripts for all commands. */
final class Papers {
    private Papers() {}

    /** @param arguments the folder to write to */
    static void main(String[] arguments) throws IOException {
        dev.wherry.cli.Papers.write(Main.cli(), Path.of(arguments[0]));
    }
}
