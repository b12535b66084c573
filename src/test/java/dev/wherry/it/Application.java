package dev.wherry.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** The application folder that the build has made. */
final class Application {
    private static final Path FOLDER = Path.of(System.getProperty("wherry.app", "target/wherry"));

    private Application() {}

    static Path launcher() {
        var launcher = FOLDER.resolve("bin/wherry").toAbsolutePath();
        if (!Files.isExecutable(launcher)) {
            throw new IllegalStateException("no application folder: run the package phase first: " + launcher);
        }
        return launcher;
    }

    /** Chance for a test, which says how to meet the same again. */
    static Random random(Class<?> test) {
        long seed = Long.getLong("wherry.seed", System.nanoTime());
        System.out.println(test.getSimpleName() + ": -Dwherry.seed=" + seed);
        return new Random(seed);
    }

    /** Whether the long forms of tests run. */
    static boolean isLong() {
        return Boolean.getBoolean("wherry.long");
    }
}
