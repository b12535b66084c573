package dev.wherry;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** What the system brings along, as far as a test may use it. */
public final class Programs {
    private Programs() {}

    /** Runs a command to its end; answers whether it is there and went well. */
    public static boolean run(String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
