package dev.wherry.storage.backend.disk;

import static dev.wherry.storage.backend.Outcome.fault;
import static dev.wherry.storage.backend.Outcome.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.fault.Fault;
import dev.wherry.storage.backend.Backend;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A file system that keeps no attributes serves all the same: without recorded digests. */
class NoAttributesTest extends DiskFixture {

    @Override
    protected Future<DiskBackend> openEmpty(Vertx vertx) throws IOException {
        Files.createDirectories(root());
        assumeRuns("mount", "-t", "ramfs", "ramfs", root().toString());
        return DiskBackend.open(vertx, root(), FILES);
    }

    @Override
    protected Future<Void> close(Backend backend) {
        return super.close(backend)
                .onComplete(closed ->
                        assertThat(runs("umount", "--lazy", root().toString())).isTrue());
    }

    @Test
    void aFileHasAVersionAndNoDigest() {
        var entry = put("/a", new byte[] {1, 2, 3});

        assertThat(entry.sha256()).isEmpty();
        assertThat(entry.etag()).isPresent();
        assertThat(result(backend.stat(path("/a"))).etag()).isEqualTo(entry.etag());
        assertThat(read("/a")).containsExactly(1, 2, 3);
        assertThat(fault(backend.publish(sealed(new byte[1]), path("/a"), ABSENT, NO_PARENTS))
                        .fault())
                .isEqualTo(Fault.EXISTS);
        result(backend.publish(sealed(new byte[] {9}), path("/a"), version(entry), NO_PARENTS));
        assertThat(read("/a")).containsExactly(9);
    }

    @Test
    void recordingADigestIsNoFailure() {
        put("/a", new byte[] {1});
        var content = result(backend.open(path("/a")));
        result(content.record(sha256(new byte[] {1})));
        content.close();
        assertThat(result(backend.stat(path("/a"))).sha256()).isEmpty();
    }
}
