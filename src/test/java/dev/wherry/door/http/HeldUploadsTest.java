package dev.wherry.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import dev.wherry.config.Settings;
import dev.wherry.config.Sources;
import dev.wherry.fault.Fault;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.UploadId;
import dev.wherry.storage.backend.disk.DiskBackend;
import dev.wherry.transfer.Transfers;
import dev.wherry.transfer.Upload;
import dev.wherry.transfer.UploadOrder;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads between two parts. */
final class HeldUploadsTest {
    private static final Principal ANN = Principal.of(User.create(
            new JsonObject().put("username", "ann").put("session", 7L).put("mustChangePassword", false)));
    private static final UploadId ID = UploadId.random();

    private final Vertx vertx = Vertx.vertx();
    private final HeldUploads held = new HeldUploads(vertx);

    @TempDir
    private Path folder;

    private Transfers transfers;

    @BeforeEach
    void start() throws Exception {
        var config = Settings.read(Sources.of()).config();
        var backend = DiskBackend.open(vertx, folder, config.files()).await(1, TimeUnit.MINUTES);
        transfers = new Transfers(vertx, new Bus(vertx), backend, config, System::nanoTime);
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void whatIsHeldIsForItsSessionAlone() {
        var open = open();
        held.hold(ID, ANN, open);
        assertThat(held.look(ID, ANN)).contains(open);
        assertThat(held.isUsedBy(ANN)).isTrue();
        assertThat(held.take(ID, ANN)).contains(open);
        assertThat(held.take(ID, ANN)).isEmpty();
    }

    /** Nobody would be told of bytes that it drops: whoever comes next has to resume it. */
    @Test
    void whatHasEndedIsNotGivenOut() {
        var before = open();
        before.upload().stop(Fault.STOPPED.because("it gave way while its part was made sure of"));
        held.hold(ID, ANN, before);
        assertThat(held.take(ID, ANN)).isEmpty();

        var later = open();
        held.hold(ID, ANN, later);
        later.upload().stop(Fault.STOPPED.because("it gives way, and is not done with that"));
        assertThat(held.take(ID, ANN)).isEmpty();
    }

    @Test
    void whatHasEndedStopsNotWhatGoesOnInstead() {
        var going = open();
        held.hold(ID, ANN, going);
        var ended = open();
        ended.upload().stop(Fault.STOPPED.because("it gave way"));
        held.hold(ID, ANN, ended);
        assertThat(held.take(ID, ANN)).contains(going);
        assertThat(going.upload().takesBytes()).isTrue();
    }

    private HeldUploads.Open open() {
        return new HeldUploads.Open(upload(), OptionalLong.of(10), Optional.empty());
    }

    private Upload upload() {
        return transfers.upload(new UploadOrder(
                ANN,
                "127.0.0.1",
                "web",
                VirtualPath.parse("/a"),
                OptionalLong.of(10),
                new Precondition.Absent(),
                false,
                Optional.empty(),
                Optional.empty()));
    }
}
