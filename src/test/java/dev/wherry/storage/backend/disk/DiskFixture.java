package dev.wherry.storage.backend.disk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wherry.Programs;
import dev.wherry.config.Config;
import dev.wherry.storage.backend.Backend;
import dev.wherry.storage.backend.BackendFixture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** A served folder on disk, with room outside of it for what nobody may reach. */
abstract class DiskFixture extends BackendFixture {
    static final Config.Files FILES = files(false, 0);

    @TempDir
    protected Path base;

    static Config.Files files(boolean readOnly, long keepFree) {
        return new Config.Files(Optional.empty(), readOnly, 0640, 0750, keepFree, Long.MAX_VALUE);
    }

    protected Path root() {
        return base.resolve("root");
    }

    @Override
    protected Future<DiskBackend> openEmpty(Vertx vertx) throws IOException {
        Files.createDirectories(root());
        return DiskBackend.open(vertx, root(), FILES);
    }

    @Override
    protected Future<Void> close(Backend backend) {
        return ((DiskBackend) backend).close();
    }

    /** Runs a command of the system; the test is skipped, saying so, where that is not allowed. */
    static void assumeRuns(String... command) {
        assumeTrue(runs(command), "this account may not: " + String.join(" ", command));
    }

    static boolean runs(String... command) {
        return Programs.run(command);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
