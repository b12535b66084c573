package dev.wherry.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import dev.wherry.config.Settings;
import dev.wherry.config.Sources;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.Storage;
import dev.wherry.storage.backend.disk.DiskBackend;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an upload held that was refused while its bytes came already. */
final class RefusedUploadTest {
    private static final byte[] SOME = new byte[3 * Gathering.BLOCK_BYTES];

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void itGivesBackAllItsRoom() throws Exception {
        var bus = new Bus(vertx);
        var transfers = transfers(bus);
        var answer = Promise.<Void>promise();
        bus.answer(
                Storage.RESERVE,
                asked -> answer.future().compose(late -> Future.failedFuture(Fault.EXISTS.because("it is there"))));
        long before = transfers.uploads().free();

        var refused = Promise.<Throwable>promise();
        vertx.runOnContext(ignored -> {
            var upload = transfers.upload(order());
            upload.begin().onComplete(end -> refused.complete(end.cause()));
            upload.write(ByteBuffer.wrap(SOME));
            assertThat(transfers.uploads().free()).isLessThan(before);
            answer.complete();
        });
        assertThat(FaultException.of(refused.future().await(1, TimeUnit.MINUTES))
                        .fault())
                .isEqualTo(Fault.EXISTS);
        assertThat(transfers.uploads().free()).isEqualTo(before);
        int blocks = 0;
        while (transfers.blocks().take().isPresent()) {
            blocks++;
        }
        assertThat(blocks).isEqualTo(Transfers.MOST_BLOCKS);
    }

    /** A door may listen only when its next part has come; nobody would ever answer that. */
    @Test
    void whoListensAfterItHasFailedHearsAtOnce() throws Exception {
        var upload = transfers(new Bus(vertx)).upload(order());
        upload.write(ByteBuffer.wrap(new byte[SOME.length + 1]));
        assertThat(upload.takesBytes()).isFalse();
        var heard = new ArrayList<Fault>();
        upload.onFailure(why -> heard.add(why.fault()));
        assertThat(heard).containsExactly(Fault.WRONG_SIZE);
    }

    private Transfers transfers(Bus bus) throws Exception {
        var config = Settings.read(Sources.of()).config();
        var backend = DiskBackend.open(vertx, folder, config.files()).await(1, TimeUnit.MINUTES);
        return new Transfers(vertx, bus, backend, config, System::nanoTime);
    }

    private static UploadOrder order() {
        var alice = Principal.of(User.create(
                new JsonObject().put("username", "alice").put("session", 7).put("mustChangePassword", false)));
        return new UploadOrder(
                alice,
                "127.0.0.1",
                "console",
                VirtualPath.parse("/a"),
                OptionalLong.of(SOME.length),
                new Precondition.Absent(),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
