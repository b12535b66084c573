package dev.wherry.storage.backend.disk;

import static dev.wherry.storage.backend.Outcome.fault;
import static dev.wherry.storage.backend.Outcome.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.fault.Fault;
import dev.wherry.storage.backend.Backend;
import dev.wherry.storage.backend.Outcome;
import dev.wherry.storage.backend.Sink;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A disk that fills up, played by a small file system in memory, where the account may mount one. */
class FullDiskTest extends DiskFixture {
    private static final long KEPT_FREE = 1 << 20;

    @Override
    protected Future<DiskBackend> openEmpty(Vertx vertx) throws IOException {
        Files.createDirectories(root());
        assumeRuns("mount", "-t", "tmpfs", "-o", "size=8m,nr_inodes=40", "tmpfs", root().toString());
        return DiskBackend.open(vertx, root(), files(false, KEPT_FREE));
    }

    @Override
    protected Future<Void> close(Backend backend) {
        return super.close(backend)
                .onComplete(closed ->
                        assertThat(runs("umount", "--lazy", root().toString())).isTrue());
    }

    @Test
    void aFullDiskStopsTheUploadAndDiscardingItMakesRoom() {
        var sink = result(backend.create(UploadId.random()));
        var writes = new ArrayList<Future<Void>>();
        for (int i = 0; i < 12; i++) {
            writes.add(sink.write(List.of(ByteBuffer.allocate(1 << 20))));
        }
        assertThat(fault(Future.all(writes)).fault()).isEqualTo(Fault.NO_SPACE);
        assertThat(fault(sink.write(List.of(ByteBuffer.allocate(1)))).fault()).isEqualTo(Fault.NO_SPACE);
        assertThat(fault(sink.sync()).fault()).isEqualTo(Fault.NO_SPACE);
        assertThat(fault(sink.seal(promise())).fault()).isEqualTo(Fault.NO_SPACE);
        result(sink.close());
        assertThat(list("/")).isEmpty();
        result(backend.discard(sink.upload()));

        put("/fits", new byte[4 << 20]);
        assertThat(read("/fits")).hasSize(4 << 20);
    }

    @Test
    void aDiskWithoutRoomForNamesSaysSo() {
        var created = new ArrayList<Future<Void>>();
        for (int i = 0; i < 50; i++) {
            created.add(backend.create(UploadId.random()).compose(Sink::sync).mapEmpty());
        }
        assertThat(fault(Future.all(created)).fault()).isEqualTo(Fault.NO_SPACE);
        Outcome.settled(created);
        assertThat(fault(backend.makeFolder(path("/folder"), NO_PARENTS)).fault())
                .isEqualTo(Fault.NO_SPACE);
        assertThat(list("/")).isEmpty();
    }

    @Test
    void whatIsKeptFreeIsNotOffered() {
        long free = result(backend.freeBytes());
        assertThat(free).isPositive().isLessThanOrEqualTo((8 << 20) - KEPT_FREE);
        put("/most", new byte[7 << 20]);
        assertThat(result(backend.freeBytes())).isZero();
    }

    @Test
    void aServedFolderMayItselfBeWhereAFileSystemBegins() {
        assertThat(result(backend.stat(path("/"))).refused()).isEmpty();
    }
}
