package dev.wherry.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import dev.wherry.config.Config;
import dev.wherry.config.Settings;
import dev.wherry.config.Sources;
import dev.wherry.fault.Fault;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.Storage;
import dev.wherry.storage.Storage.Reservation;
import dev.wherry.storage.StorageRequest.Fate;
import dev.wherry.storage.StorageRequest.Release;
import dev.wherry.storage.backend.Backend;
import dev.wherry.storage.backend.Sink;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an upload was working on when it was stopped, on a disk that the test plays. */
final class StoppedUploadTest {
    private static final UploadId ID = UploadId.random();
    private static final long LENGTH = 100_000;

    private final Vertx vertx = Vertx.vertx();
    private final Promise<Void> write = Promise.promise();
    private final Promise<Long> sync = Promise.promise();
    private final Promise<Void> close = Promise.promise();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void whatADiskFailsToWriteAfterTheStopIsNotBelieved() throws Exception {
        sync.complete(0L);
        assertThat(fate(() -> write.fail(Fault.DISK_FAILED.because("it breaks"))))
                .isEqualTo(Fate.SUSPECT);
    }

    @Test
    void whatADiskFailsToMakeDurableAfterTheStopIsNotBelieved() throws Exception {
        write.complete();
        assertThat(fate(() -> sync.fail(Fault.DISK_FAILED.because("it breaks"))))
                .isEqualTo(Fate.SUSPECT);
    }

    @Test
    void whatIsWrittenAfterTheStopIsKept() throws Exception {
        sync.complete(LENGTH);
        assertThat(fate(write::complete)).isEqualTo(Fate.KEEP);
    }

    /** Whoever asks how far it is hears what a resume will find, also after an orderly restart. */
    @Test
    void whatIsKeptIsDurable() throws Exception {
        sync.complete(LENGTH);
        assertThat(release(write::complete).durable()).isEqualTo(LENGTH);
    }

    @Test
    void whatADiskFailsToMakeDurableAtTheLastIsNotBelieved() throws Exception {
        sync.fail(Fault.DISK_FAILED.because("it breaks"));
        var released = release(write::complete);
        assertThat(released.fate()).isEqualTo(Fate.SUSPECT);
        assertThat(released.durable()).isZero();
    }

    /** Its offset is recorded while the upload is let go of. */
    @Test
    void anEarlierCheckpointTakesNothingBack() throws Exception {
        var bus = new Bus(vertx);
        var recorded = Promise.<Storage.Done>promise();
        bus.answer(Storage.PROGRESS, asked -> recorded.future());
        bus.answer(Storage.RELEASE, asked -> Future.succeededFuture(Storage.Done.DONE));
        var offsets = new ArrayDeque<>(List.of(70_000L, LENGTH));
        Supplier<Future<Long>> syncs = () -> Future.succeededFuture(offsets.remove());
        var sink = play(Sink.class, Map.of("upload", ID, "offset", 0L, "sync", syncs));
        var transfers = new Transfers(vertx, bus, backend(), config(), System::nanoTime);
        var durable = Promise.<Long>promise();
        vertx.runOnContext(ignored -> {
            var checkpoints = new Checkpoints(transfers, order(), sink, 0, durable::fail);
            checkpoints.wrote(70_000);
            checkpoints.last(LENGTH).onComplete(last -> recorded.complete(Storage.Done.DONE));
            // What is asked after that answer is answered after it.
            recorded.future()
                    .compose(done -> bus.ask(Storage.RELEASE, new Release(order().who(), ID, 0, Fate.KEEP)))
                    .onComplete(later -> durable.complete(checkpoints.durable()));
        });
        assertThat(durable.future().await(1, TimeUnit.MINUTES)).isEqualTo(LENGTH);
    }

    /** A full disk loses nothing that it took. */
    @Test
    void whatAFullDiskTookIsKept() throws Exception {
        sync.complete(0L);
        assertThat(fate(() -> write.fail(Fault.NO_SPACE.because("it is full")))).isEqualTo(Fate.KEEP);
    }

    private Fate fate(Runnable meanwhile) throws Exception {
        return release(meanwhile).fate();
    }

    /** @param meanwhile what the disk does between the stop and the closing of what it wrote to */
    private Release release(Runnable meanwhile) throws Exception {
        var bus = new Bus(vertx);
        bus.answer(Storage.RESERVE, asked -> Future.succeededFuture(new Reservation(ID, true)));
        var released = Promise.<Release>promise();
        bus.answer(Storage.RELEASE, asked -> {
            released.complete(asked);
            return Future.succeededFuture(Storage.Done.DONE);
        });
        var transfers = new Transfers(vertx, bus, backend(), config(), System::nanoTime);
        vertx.runOnContext(ignored -> {
            var upload = transfers.upload(order());
            upload.write(ByteBuffer.allocate((int) LENGTH));
            upload.begin()
                    .onSuccess(begun -> vertx.runOnContext(later -> {
                        upload.stop(Fault.STOPPED.because("the link broke"));
                        meanwhile.run();
                        close.complete();
                    }));
        });
        return released.future().await(1, TimeUnit.MINUTES);
    }

    private static Config config() {
        return Settings.read(Sources.of("uploads.checkpointBytes=64KiB")).config();
    }

    private Backend backend() {
        return play(Backend.class, Map.of("create", Future.succeededFuture(sink())));
    }

    private Sink sink() {
        var answers = Map.of(
                "upload", ID, "offset", 0L, "write", write.future(), "sync", sync.future(), "close", close.future());
        return play(Sink.class, answers);
    }

    /** @param answers by the method, whatever it is asked with; of a supplier a new one each time */
    private static <T> T play(Class<T> what, Map<String, Object> answers) {
        return what.cast(Proxy.newProxyInstance(
                StoppedUploadTest.class.getClassLoader(), new Class<?>[] {what}, (_, method, _) -> {
                    assertThat(answers).containsKey(method.getName());
                    return answers.get(method.getName()) instanceof Supplier<?> next
                            ? next.get()
                            : answers.get(method.getName());
                }));
    }

    private static UploadOrder order() {
        var alice = Principal.of(User.create(
                new JsonObject().put("username", "alice").put("session", 7).put("mustChangePassword", false)));
        return new UploadOrder(
                alice,
                "127.0.0.1",
                "console",
                VirtualPath.parse("/a"),
                OptionalLong.of(1 << 20),
                new Precondition.Absent(),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
