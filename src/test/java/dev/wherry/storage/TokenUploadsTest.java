package dev.wherry.storage;

import static dev.wherry.storage.StorageFixture.done;
import static dev.wherry.storage.StorageFixture.path;
import static dev.wherry.storage.StorageFixture.refused;
import static dev.wherry.storage.StorageFixture.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.auth.Auth;
import dev.wherry.auth.Principal;
import dev.wherry.fault.Fault;
import dev.wherry.path.Precondition;
import dev.wherry.storage.Storage.Reservation;
import dev.wherry.storage.StorageRequest.Cancel;
import dev.wherry.storage.StorageRequest.Fate;
import dev.wherry.storage.StorageRequest.FindUpload;
import dev.wherry.storage.StorageRequest.ListUploads;
import dev.wherry.storage.StorageRequest.Release;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token sees and ends the unfinished uploads of its account where it may write, and no others. */
final class TokenUploadsTest {
    @TempDir
    private Path folder;

    private StorageFixture storage;
    private Principal ann;
    private Principal reader;
    private Principal writer;
    private final List<Object> stopped = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        storage = new StorageFixture(folder);
        ann = storage.user("ann");
        done(storage.bus.ask(Storage.MAKE_FOLDER, new StorageRequest.MakeFolder(ann, path("/pub"))));
        reader = storage.token(ann, "/:write", "/pub:list,read");
        writer = storage.token(ann, "/pub:write");
        storage.bus.hear(Storage.GIVE_WAY, stopped::add);
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    @Test
    void whatATokenMayNotWriteLooksUnknownToIt() {
        var id = paused("/pub/a");
        assertThat(uploads(reader)).isEmpty();
        refused(Fault.NOT_FOUND, find(reader, id));
        refused(Fault.NOT_FOUND, resume(reader, id, "/b"));
        refused(Fault.NOT_FOUND, cancel(reader, id));
        assertThat(uploads(ann)).as("it is still there").hasSize(1);
    }

    @Test
    void whatATokenMayWriteItMayEnd() {
        var id = paused("/pub/a");
        assertThat(uploads(writer)).hasSize(1);
        assertThat(done(find(writer, id)).upload().path()).isEqualTo(path("/pub/a"));
        done(cancel(writer, id));
        assertThat(uploads(ann)).isEmpty();
    }

    @Test
    void aTokenOfAllItsAccountsRightsKnowsAllItsUploads() {
        var id = paused("/pub/a");
        var full = storage.token(ann);
        assertThat(uploads(full)).hasSize(1);
        done(cancel(full, id));
    }

    @Test
    void whoeverSendsIsNotStoppedForATokenThatMayNotGoOn() {
        var secret = begun("/secret");
        refused(Fault.NOT_FOUND, cancel(writer, secret.upload()));
        refused(Fault.NOT_FOUND, resume(writer, secret.upload(), "/pub/b"));
        var open = begun("/pub/a");
        refused(Fault.DENIED, resume(writer, open.upload(), "/b"));
        assertThat(stopped).isEmpty();

        var cancelled = cancel(writer, open.upload());
        await().until(() -> stopped.size() == 1);
        release(open);
        done(cancelled);
    }

    @Test
    void whoLostTheRightToAPathCanStillRemoveWhatTheyBeganThere() {
        var id = paused("/pub/a");
        done(storage.bus.ask(Auth.SET_RIGHTS, new Auth.SetRights(storage.admin(), "ann", List.of("/:list"))));
        assertThat(uploads(ann)).hasSize(1);
        refused(Fault.DENIED, resume(ann, id, "/pub/a"));
        done(cancel(ann, id));
        assertThat(uploads(ann)).isEmpty();
    }

    @Test
    void whoeverSendsIsNotStoppedForAnAccountThatMayNotGoOn() {
        var sent = begun("/pub/a");
        done(storage.bus.ask(Auth.SET_RIGHTS, new Auth.SetRights(storage.admin(), "ann", List.of("/:list"))));
        refused(Fault.DENIED, resume(ann, sent.upload(), "/pub/a"));
        assertThat(stopped).isEmpty();
    }

    private Reservation begun(String path) {
        return done(storage.bus.ask(Storage.RESERVE, wish(ann, path, OptionalLong.empty(), new Precondition.Absent())));
    }

    private UploadId paused(String path) {
        var reservation = begun(path);
        done(done(storage.backend.create(reservation.upload())).close());
        release(reservation);
        return reservation.upload();
    }

    private void release(Reservation reservation) {
        done(storage.bus.ask(Storage.RELEASE, new Release(ann, reservation.upload(), 0, Fate.KEEP)));
    }

    private List<KeptUpload> uploads(Principal who) {
        return done(storage.bus.ask(Storage.UPLOADS, new ListUploads(who)));
    }

    private Future<FoundUpload> find(Principal who, UploadId id) {
        return storage.bus.ask(Storage.FIND_UPLOAD, new FindUpload(who, id));
    }

    private Future<?> resume(Principal who, UploadId id, String to) {
        return storage.resume(who, id, Optional.of(to));
    }

    private Future<?> cancel(Principal who, UploadId id) {
        return storage.bus.ask(Storage.CANCEL, new Cancel(who, id));
    }
}
