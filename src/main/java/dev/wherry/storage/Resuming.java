package dev.wherry.storage;

import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Kind;
import dev.wherry.path.Precondition;
import dev.wherry.storage.Storage.Done;
import dev.wherry.storage.Storage.GiveWay;
import dev.wherry.storage.Storage.Reservation;
import dev.wherry.storage.StorageRequest.Cancel;
import dev.wherry.storage.StorageRequest.FindUpload;
import dev.wherry.storage.StorageRequest.ListUploads;
import dev.wherry.storage.StorageRequest.Reserve;
import dev.wherry.storage.StorageRequest.Resume;
import dev.wherry.storage.UploadTable.State;
import dev.wherry.storage.backend.Backend;
import dev.wherry.storage.backend.Entry;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What becomes of uploads that were begun before: they go on, are listed, are cancelled. Who sends one now gives way to
 * the newer sender of the same account, and is waited for.
 *
 * <p>Confined to the context of the storage verticle.
 */
final class Resuming {
    private final Bus bus;
    private final Gate gate;
    private final Backend backend;
    private final UploadTable table;
    private final ActiveUploads active;
    private final Admission admission;

    Resuming(Bus bus, Gate gate, Backend backend, UploadTable table, ActiveUploads active, Admission admission) {
        this.bus = bus;
        this.gate = gate;
        this.backend = backend;
        this.table = table;
        this.active = active;
        this.admission = admission;
    }

    /** Lets an upload go on; one that is finished answers as it did when it was. */
    Future<Resumption> resume(Resume asked) {
        return idle(asked.who(), asked.upload(), running -> mayGoOn(asked, running))
                .compose(kept -> switch (kept.state()) {
                    case DONE -> finished(kept);
                    case PUBLISHING -> Future.failedFuture(stuck(kept));
                    case ACTIVE, PAUSED, SUSPECT ->
                        demandLongEnough(asked, kept).compose(fits -> goOn(asked, kept));
                });
    }

    /** A size that is said only now cannot be less than what is here already. */
    private Future<Void> demandLongEnough(Resume asked, KeptUpload kept) {
        if (kept.size().isPresent() || asked.size().isEmpty()) {
            return Future.succeededFuture();
        }
        return backend.held(kept.id())
                .compose(held -> asked.size().getAsLong() < believed(kept, held)
                        ? Future.failedFuture(otherSource(kept))
                        : Future.succeededFuture());
    }

    /** Who could not go on with it anyway stops nobody who can. */
    private Future<FaultException> mayGoOn(Resume asked, ActiveUpload running) {
        return gate.mayMake(asked.who(), asked.to().orElse(running.asked().path()))
                .map(principal ->
                        Fault.STOPPED.because("the upload goes on elsewhere").with("elsewhere", true));
    }

    /**
     * The upload when nobody sends it any more; unknown is also what expired, was cancelled, is another's, or is beyond
     * what a token may write.
     *
     * @param stopping decides whether who sends it now has to stop, and what they hear then
     */
    private Future<KeptUpload> idle(
            Principal who, UploadId id, Function<ActiveUpload, Future<FaultException>> stopping) {
        return gate.current(who).compose(principal -> {
            var running = active.find(who, id);
            if (running.isEmpty()) {
                return known(principal, id);
            }
            if (!Gate.knowsUpload(principal, running.get().asked().path())) {
                return Future.failedFuture(unknown(id));
            }
            return stopping.apply(running.get())
                    .compose(why -> stop(running.get(), why))
                    .compose(stopped -> idle(who, id, stopping));
        });
    }

    private Future<Void> stop(ActiveUpload running, FaultException why) {
        // While the right was asked for it may have ended, and by now another sender may have gone on.
        if (!running.ended().isComplete()) {
            bus.tell(Storage.GIVE_WAY, new GiveWay(running.id(), why));
        }
        return running.ended();
    }

    private Future<KeptUpload> known(Principal principal, UploadId id) {
        return table.find(id, principal.account())
                .map(found -> found.filter(kept -> Gate.knowsUpload(principal, kept.path()))
                        .orElseThrow(() -> unknown(id)));
    }

    private Future<Resumption> goOn(Resume asked, KeptUpload kept) {
        if (active.isActive(kept.id())) {
            // Somebody else was quicker, while the database was asked.
            return resume(asked);
        }
        demandSameSource(asked, kept);
        var as = new Reserve(
                asked.who(),
                asked.to().orElse(kept.path()),
                kept.size().isPresent() ? kept.size() : asked.size(),
                expected(asked, kept),
                kept.parents(),
                kept.modified(),
                kept.source());
        return admission
                .admit(kept.id(), as, true, kept.durable(), kept.durable())
                .compose(upload -> trustworthy(kept)
                        .compose(ignored -> begin(upload, asked, kept))
                        .onFailure(failure -> active.end(upload)));
    }

    private Future<Resumption> begin(ActiveUpload upload, Resume asked, KeptUpload kept) {
        var promised = asked.promised().or(kept::promised);
        upload.row(table.resumed(upload.id(), upload.asked(), promised));
        var going =
                new Resumption.Going(new Reservation(upload.id(), true), upload.asked(), upload.durable(), promised);
        // What is promised is remembered before a byte comes: after a kill nobody would compare the bytes with it.
        return asked.promised().isPresent() ? upload.row().map(going) : Future.succeededFuture(going);
    }

    /**
     * A client that found another source under the name of the first must begin anew, or two files would be mixed.
     * Times are compared to the millisecond: browsers know no finer ones, and what one began a terminal may finish.
     */
    private static void demandSameSource(Resume asked, KeptUpload kept) {
        boolean otherSize = asked.size().isPresent()
                && kept.size().isPresent()
                && asked.size().getAsLong() != kept.size().getAsLong();
        boolean otherTime = asked.modified().isPresent()
                && kept.modified().isPresent()
                && !asked.modified()
                        .map(Resuming::millis)
                        .equals(kept.modified().map(Resuming::millis));
        if (otherSize || otherTime) {
            throw otherSource(kept);
        }
    }

    private static FaultException otherSource(KeptUpload kept) {
        return Fault.CHANGED
                .because("the source is not the one that upload " + kept.id() + " was begun with; start over")
                .with("upload", kept.id().value());
    }

    private static Instant millis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    private static Precondition expected(Resume asked, KeptUpload kept) {
        return asked.expected().orElseGet(() -> asked.to().isPresent() ? new Precondition.Absent() : kept.expected());
    }

    /** What a power cut or a failed sync may have lost is cut off first, before the row can say otherwise. */
    private Future<Void> trustworthy(KeptUpload kept) {
        return kept.isDoubtful() ? backend.cutBack(kept.id(), kept.durable()) : Future.succeededFuture();
    }

    /** Nobody heard that the upload may go on: it stays as it was. */
    void undo(Resumption resumption) {
        if (resumption instanceof Resumption.Going going) {
            active.find(going.reservation().upload())
                    .ifPresent(upload -> upload.row()
                            .compose(row -> table.keep(upload.id(), upload.durable(), State.PAUSED))
                            .onComplete(ignored -> active.end(upload)));
        }
    }

    private Future<Resumption> finished(KeptUpload kept) {
        return backend.stat(kept.path())
                .map(entry -> entry.etag().equals(Optional.of(etag(kept))) ? entry : remembered(kept))
                .otherwise(gone -> remembered(kept))
                .map(entry -> new Resumption.Finished(kept.path(), entry));
    }

    /** The entry as it was published; the name may be another's by now. */
    private static Entry remembered(KeptUpload kept) {
        return new Entry(
                kept.path().name(),
                Kind.FILE,
                kept.durable(),
                kept.modified().orElse(kept.begun()),
                Optional.of(etag(kept)),
                kept.sha256(),
                Optional.empty());
    }

    private static Etag etag(KeptUpload kept) {
        return new Etag(kept.id().value());
    }

    /** How it stands, while somebody sends it too. */
    Future<FoundUpload> find(FindUpload asked) {
        return gate.current(asked.who())
                .compose(principal -> known(principal, asked.upload()))
                .compose(kept -> switch (kept.state()) {
                    case DONE -> Future.succeededFuture(new FoundUpload(kept, kept.durable(), true));
                    case PUBLISHING -> Future.succeededFuture(new FoundUpload(kept, kept.durable(), false));
                    case ACTIVE, PAUSED, SUSPECT ->
                        backend.held(kept.id()).map(held -> new FoundUpload(kept, believed(kept, held), false));
                });
    }

    private static long believed(KeptUpload kept, long held) {
        return kept.isDoubtful() ? Math.min(held, kept.durable()) : held;
    }

    Future<List<KeptUpload>> list(ListUploads asked) {
        return gate.current(asked.who())
                .compose(principal -> table.unfinished(principal.account())
                        .map(all -> all.stream()
                                .filter(kept -> Gate.knowsUpload(principal, kept.path()))
                                .map(this::withProgress)
                                .toList()));
    }

    /** Who runs is known here; the row may say it a moment later. */
    private KeptUpload withProgress(KeptUpload kept) {
        return active.find(kept.id())
                .map(running -> kept.standing(State.ACTIVE, running.durable()))
                .orElseGet(() -> kept.isRunning() ? kept.standing(State.PAUSED, kept.durable()) : kept);
    }

    /** Removes an upload; one that was published meanwhile is a file, and is not removed. */
    Future<Done> cancel(Cancel asked) {
        return idle(asked.who(), asked.upload(), running -> Future.succeededFuture(cancelled()))
                .compose(kept -> switch (kept.state()) {
                    case DONE -> Future.failedFuture(published(kept));
                    case PUBLISHING -> Future.failedFuture(stuck(kept));
                    case ACTIVE, PAUSED, SUSPECT -> remove(asked, kept);
                });
    }

    private Future<Done> remove(Cancel asked, KeptUpload kept) {
        if (active.isActive(kept.id())) {
            return cancel(asked);
        }
        // In this order: who asks for it meanwhile finds that it is gone, and bytes without a row are swept.
        return table.forget(kept.id())
                .compose(ignored -> backend.discard(kept.id()))
                .map(Done.DONE);
    }

    private static FaultException cancelled() {
        return Fault.STOPPED.because("the upload was cancelled").with("cancelled", true);
    }

    private static FaultException unknown(UploadId id) {
        return Fault.NOT_FOUND
                .because("no such upload: it expired, was cancelled, or was never yours; see the list of your uploads")
                .with("upload", id.value());
    }

    private static FaultException published(KeptUpload kept) {
        return Fault.NOT_FOUND
                .because("there is nothing to cancel: the upload was published as " + kept.path())
                .with("upload", kept.id().value())
                .with("path", kept.path().toString());
    }

    /** Nothing that passes while this server runs: who asked again and again would hear the same. */
    private static FaultException stuck(KeptUpload kept) {
        return Fault.DISK_FAILED
                .because("the disk failed while this upload was published as " + kept.path()
                        + "; the server's next start finishes it, or keeps it for another name")
                .with("upload", kept.id().value());
    }
}
