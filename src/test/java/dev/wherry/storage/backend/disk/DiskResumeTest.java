package dev.wherry.storage.backend.disk;

import dev.wherry.storage.backend.Backend;
import dev.wherry.storage.backend.ResumeContract;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract of uploads that go on, held by a folder on disk. */
final class DiskResumeTest extends ResumeContract {
    @TempDir
    private Path root;

    @Override
    protected Future<DiskBackend> openEmpty(Vertx vertx) {
        return DiskBackend.open(vertx, root, DiskBackendTest.FILES);
    }

    @Override
    protected Future<? extends Backend> reopen() {
        return openEmpty(vertx);
    }

    @Override
    protected Future<Void> close(Backend backend) {
        return ((DiskBackend) backend).close();
    }
}
