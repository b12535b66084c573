package dev.wherry.storage;

import static dev.wherry.storage.StorageFixture.done;
import static dev.wherry.storage.StorageFixture.path;
import static dev.wherry.storage.StorageFixture.refused;
import static dev.wherry.storage.StorageFixture.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.auth.Principal;
import dev.wherry.fault.Fault;
import dev.wherry.path.Precondition;
import dev.wherry.path.Sha256;
import dev.wherry.storage.Storage.Reservation;
import dev.wherry.storage.StorageRequest.Cancel;
import dev.wherry.storage.StorageRequest.Delete;
import dev.wherry.storage.StorageRequest.Fate;
import dev.wherry.storage.StorageRequest.ListUploads;
import dev.wherry.storage.StorageRequest.Progress;
import dev.wherry.storage.StorageRequest.Release;
import dev.wherry.storage.StorageRequest.Resume;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of uploads that were begun before. */
final class ResumingTest {
    private static final Instant MODIFIED = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    private Path folder;

    private StorageFixture storage;
    private Principal admin;

    @BeforeEach
    void start() throws IOException {
        storage = new StorageFixture(folder);
        admin = storage.admin();
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    @Test
    void aPausedUploadGoesOnAndHoldsItsNameAgain() {
        var id = paused("/a", "hello", 2, Fate.KEEP);
        var going = going(resume(admin, id));
        assertThat(going.as().path()).isEqualTo(path("/a"));
        assertThat(going.as().modified()).contains(MODIFIED);
        assertThat(going.durable()).isEqualTo(2);
        assertThat(length(id)).as("what the kernel still has counts").isEqualTo(5);
        refused(Fault.BUSY, storage.reserve(admin, "/a", 1));
    }

    @Test
    void afterThePowerWasCutOnlyWhatWasDurableCounts() {
        var id = paused("/a", "hello", 2, Fate.KEEP);
        storage.stop();
        storage.start("another start");
        going(resume(admin, id));
        assertThat(length(id)).isEqualTo(2);
    }

    @Test
    void afterAKillAllThatTheKernelHasCounts() {
        var id = paused("/a", "hello", 2, Fate.KEEP);
        storage.stop();
        storage.start();
        going(resume(admin, id));
        assertThat(length(id)).isEqualTo(5);
    }

    @Test
    void whereTheDiskFailedOnlyWhatWasDurableCounts() {
        var id = paused("/a", "hello", 2, Fate.SUSPECT);
        going(resume(admin, id));
        assertThat(length(id)).isEqualTo(2);
        // Its row is written while it goes on already.
        await().untilAsserted(() -> assertThat(state(id)).isEqualTo("active"));
    }

    @Test
    void aDigestThatWasPromisedIsRememberedUntilAnotherIs() {
        var id = paused("/a", "hello", 2, Fate.KEEP);
        for (var digest : List.of("a", "b")) {
            var promised = Optional.of(new Sha256(digest.repeat(64)));
            var going = going(storage.bus.ask(
                    Storage.RESUME,
                    new Resume(
                            admin,
                            id,
                            OptionalLong.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            promised)));
            assertThat(going.promised()).isEqualTo(promised);
            storage.stop();
            storage.start();
            going = going(resume(admin, id));
            assertThat(going.promised()).isEqualTo(promised);
            release(going.reservation(), 2, Fate.KEEP);
        }
    }

    @Test
    void anotherSourceIsNotMixedIntoTheFirst() {
        var id = paused("/a", "hello", 2, Fate.KEEP);
        refused(Fault.CHANGED, resume(admin, id, OptionalLong.empty(), Optional.of(MODIFIED.plusMillis(1))));
        going(resume(admin, id, OptionalLong.of(5), Optional.of(MODIFIED)));
    }

    @Test
    void aSourceIsTheSameWhereOneSideKnowsItsTimeMoreExactly() {
        var id = paused("/a", "hello", 2, Fate.KEEP);
        going(resume(admin, id, OptionalLong.of(5), Optional.of(MODIFIED.plusNanos(999_999))));
    }

    @Test
    void aSizeThatIsToldLaterCountsUnlessMoreIsHere() {
        var id = paused("/a", "hello", 2, Fate.KEEP);
        refused(Fault.CHANGED, resume(admin, id, OptionalLong.of(4), Optional.of(MODIFIED)));
        assertThat(going(resume(admin, id, OptionalLong.of(9), Optional.of(MODIFIED)))
                        .as()
                        .size())
                .hasValue(9);
    }

    @Test
    void anotherSizeIsAnotherSource() {
        var reservation = done(storage.reserve(admin, "/a", 2 << 20));
        release(reservation, 0, Fate.KEEP);
        var id = reservation.upload();
        refused(Fault.CHANGED, resume(admin, id, OptionalLong.of(1), Optional.empty()));
        going(resume(admin, id, OptionalLong.of(2 << 20), Optional.empty()));
    }

    @Test
    void anotherAccountsUploadIsUnknown() {
        var id = paused("/a", "hello", 2, Fate.KEEP);
        var ann = storage.user("ann");
        refused(Fault.NOT_FOUND, resume(ann, id));
        refused(Fault.NOT_FOUND, cancel(ann, id));
        assertThat(uploads(ann)).isEmpty();
        assertThat(uploads(admin)).hasSize(1);
    }

    @Test
    void anExpiredUploadIsUnknown() {
        var id = paused("/a", "hello", 2, Fate.KEEP);
        done(storage.database.write(handle -> handle.execute("UPDATE uploads SET expires_at = 1")));
        refused(Fault.NOT_FOUND, resume(admin, id));
        assertThat(uploads(admin)).isEmpty();
    }

    @Test
    void rightsAreAskedAgain() {
        var ann = storage.user("ann", "/:list,read", "/ann:list,read,write");
        done(storage.bus.ask(Storage.MAKE_FOLDER, new StorageRequest.MakeFolder(admin, path("/ann"))));
        var reservation = done(storage.bus.ask(Storage.RESERVE, unknownSize(ann, "/ann/a")));
        release(ann, reservation, 0, Fate.KEEP);
        refused(Fault.DENIED, resume(ann, reservation.upload(), "/a", Optional.empty()));
        going(resume(ann, reservation.upload()));
    }

    @Test
    void aTakenNameIsAskedAboutAndAnotherOneServes() {
        var id = paused("/a", "hello", 2, Fate.KEEP);
        storage.put(admin, "/a", "other");
        refused(Fault.EXISTS, resume(admin, id));
        refused(Fault.EXISTS, resume(admin, id, "/a", Optional.empty()));
        assertThat(going(resume(admin, id, "/b", Optional.empty())).as().path()).isEqualTo(path("/b"));
    }

    @Test
    void whatIsThereIsReplacedWhereThatIsSaidNow() {
        var id = paused("/a", "hello", 2, Fate.KEEP);
        storage.put(admin, "/a", "other");
        var going = going(resume(admin, id, "/a", Optional.of(new Precondition.Any())));
        assertThat(going.as().expected()).isEqualTo(new Precondition.Any());
    }

    @Test
    void aFinishedUploadAnswersAgainAlsoWhenItsFileIsGone() {
        var reservation = done(storage.bus.ask(Storage.RESERVE, unknownSize(admin, "/a")));
        var entry = done(storage.commit(admin, reservation, storage.fill(reservation, "hello")));
        assertThat(finished(resume(admin, reservation.upload())).entry()).isEqualTo(entry);
        done(storage.bus.ask(Storage.DELETE, new Delete(admin, path("/a"))));
        var remembered = finished(resume(admin, reservation.upload())).entry();
        assertThat(remembered.sha256()).isEqualTo(entry.sha256());
        assertThat(remembered.size()).isEqualTo(5);
        refused(Fault.NOT_FOUND, cancel(admin, reservation.upload()));
    }

    @Test
    void aCancelledUploadLeavesNothing() {
        var id = paused("/a", "hello", 2, Fate.KEEP);
        done(cancel(admin, id));
        refused(Fault.NOT_FOUND, resume(admin, id));
        refused(Fault.NOT_FOUND, cancel(admin, id));
        assertThat(folder.resolve("files")
                        .toFile()
                        .listFiles(file -> file.getName().equals("a")))
                .isEmpty();
        assertThat(length(id)).as("a new part file").isZero();
    }

    @Test
    void uploadsAreListedWithWhatTheirSenderSaid() {
        var id = paused("/a", "hello", 2, Fate.KEEP);
        assertThat(uploads(admin)).singleElement().satisfies(upload -> {
            assertThat(upload.id()).isEqualTo(id);
            assertThat(upload.path()).isEqualTo(path("/a"));
            assertThat(upload.durable()).isEqualTo(2);
            assertThat(upload.isRunning()).isFalse();
        });
        going(resume(admin, id));
        assertThat(uploads(admin))
                .singleElement()
                .satisfies(upload -> assertThat(upload.isRunning()).isTrue());
    }

    @Test
    void anAnswerThatNobodyHeardLeavesItPaused() {
        var id = paused("/a", "hello", 2, Fate.KEEP);
        var going = going(resume(admin, id));
        release(admin, going.reservation(), 2, Fate.KEEP);
        assertThat(state(id)).isEqualTo("paused");
        going(resume(admin, id));
    }

    /** Sends some bytes of an upload of unknown size and lets go of it. */
    private UploadId paused(String path, String content, long durable, Fate fate) {
        var reservation = done(storage.bus.ask(Storage.RESERVE, unknownSize(admin, path)));
        var sink = done(storage.backend.create(reservation.upload()));
        done(sink.write(List.of(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)))));
        done(storage.bus.ask(Storage.PROGRESS, new Progress(admin, reservation.upload(), durable)));
        done(sink.close());
        release(reservation, durable, fate);
        return reservation.upload();
    }

    private static StorageRequest.Reserve unknownSize(Principal who, String path) {
        var wish = wish(who, path, OptionalLong.empty(), new Precondition.Absent());
        return new StorageRequest.Reserve(
                wish.who(), wish.path(), wish.size(), wish.expected(), false, Optional.of(MODIFIED), Optional.empty());
    }

    private void release(Reservation reservation, long durable, Fate fate) {
        release(admin, reservation, durable, fate);
    }

    private void release(Principal who, Reservation reservation, long durable, Fate fate) {
        done(storage.bus.ask(Storage.RELEASE, new Release(who, reservation.upload(), durable, fate)));
    }

    private Future<Resumption> resume(Principal who, UploadId id) {
        return resume(who, id, OptionalLong.empty(), Optional.empty());
    }

    private Future<Resumption> resume(Principal who, UploadId id, OptionalLong size, Optional<Instant> modified) {
        return storage.bus.ask(
                Storage.RESUME,
                new Resume(who, id, size, modified, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private Future<Resumption> resume(Principal who, UploadId id, String to, Optional<Precondition> expected) {
        return storage.bus.ask(
                Storage.RESUME,
                new Resume(
                        who,
                        id,
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.of(path(to)),
                        expected,
                        Optional.empty()));
    }

    private Future<?> cancel(Principal who, UploadId id) {
        return storage.bus.ask(Storage.CANCEL, new Cancel(who, id));
    }

    private List<KeptUpload> uploads(Principal who) {
        return done(storage.bus.ask(Storage.UPLOADS, new ListUploads(who)));
    }

    private String state(UploadId id) {
        return done(storage.database.read(handle -> handle.select("SELECT state FROM uploads WHERE id = ?", id.value())
                .mapTo(String.class)
                .one()));
    }

    /** How many bytes the backend has of it. */
    private long length(UploadId id) {
        var sink = done(storage.backend.resume(id));
        done(sink.close());
        return sink.offset();
    }

    private static Resumption.Going going(Future<Resumption> resumption) {
        assertThat(done(resumption)).isInstanceOf(Resumption.Going.class);
        return (Resumption.Going) resumption.result();
    }

    private static Resumption.Finished finished(Future<Resumption> resumption) {
        assertThat(done(resumption)).isInstanceOf(Resumption.Finished.class);
        return (Resumption.Finished) resumption.result();
    }
}
