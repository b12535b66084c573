package dev.wherry.storage.backend.disk;

import dev.wherry.config.Config;
import dev.wherry.storage.backend.Backend;
import dev.wherry.storage.backend.BackendContract;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** A folder on disk keeps the contract. */
class DiskBackendTest extends BackendContract {
    static final Config.Files FILES = new Config.Files(Optional.empty(), false, 0640, 0750, 0, Long.MAX_VALUE);

    @TempDir
    private Path root;

    @Override
    protected Future<DiskBackend> openEmpty(Vertx vertx) {
        return DiskBackend.open(vertx, root, FILES);
    }

    @Override
    protected Future<Void> close(Backend backend) {
        return ((DiskBackend) backend).close();
    }
}
