package dev.wherry.storage;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Precondition;
import dev.wherry.storage.Storage.Done;
import dev.wherry.storage.Storage.Reservation;
import dev.wherry.storage.StorageRequest.Commit;
import dev.wherry.storage.StorageRequest.Prepare;
import dev.wherry.storage.StorageRequest.Progress;
import dev.wherry.storage.StorageRequest.Release;
import dev.wherry.storage.StorageRequest.Reserve;
import dev.wherry.storage.UploadTable.State;
import dev.wherry.storage.backend.Backend;
import dev.wherry.storage.backend.Entry;
import dev.wherry.storage.backend.Sealed;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of an upload as storage sees it: reserved, on its way, published or released. Between those it holds the
 * name, so that whoever wants the name meanwhile is told that it is busy.
 *
 * <p>Confined to the context of the storage verticle.
 */
final class Uploading {
    /** Unfinished uploads of one account, beyond which none is prepared. */
    private static final int MOST_WAITING = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(Uploading.class);

    private final Gate gate;
    private final Backend backend;
    private final UploadTable table;
    private final DiskTrouble trouble;
    private final ActiveUploads active;
    private final Admission admission;
    private final QuotaWatch quotas;
    private final long maxUnremembered;

    /** @param maxUnremembered the size in bytes up to which an upload is not worth a row: it is sent again */
    Uploading(
            Gate gate,
            Backend backend,
            UploadTable table,
            DiskTrouble trouble,
            ActiveUploads active,
            Admission admission,
            QuotaWatch quotas,
            long maxUnremembered) {
        this.gate = gate;
        this.backend = backend;
        this.table = table;
        this.trouble = trouble;
        this.active = active;
        this.admission = admission;
        this.quotas = quotas;
        this.maxUnremembered = maxUnremembered;
    }

    /** Lets an upload begin, or says before its first byte why not. */
    Future<Reservation> reserve(Reserve asked) {
        boolean remembered = asked.size().isEmpty() || asked.size().getAsLong() > maxUnremembered;
        return admission.admit(UploadId.random(), asked, remembered, 0, 0).map(this::begin);
    }

    /** The same for one that is sent later: it is remembered, however small it is, and holds its name no longer. */
    Future<UploadId> prepare(Prepare asked) {
        return table.waiting(asked.who().account())
                .compose(waiting -> waiting < MOST_WAITING
                        ? admission.admit(UploadId.random(), asked.upload(), true, 0, 0)
                        : Future.failedFuture(Fault.TOO_MANY
                                .because("you have " + waiting + " unfinished uploads; finish or cancel some first")
                                .with("limit", MOST_WAITING)))
                .compose(upload -> {
                    upload.row(table.insert(upload.id(), upload.asked(), asked.metadata()));
                    return keep(upload, 0, State.PAUSED).map(upload.id());
                });
    }

    private Reservation begin(ActiveUpload upload) {
        if (upload.remembered()) {
            upload.row(table.insert(upload.id(), upload.asked(), Optional.empty()));
        }
        return new Reservation(upload.id(), upload.remembered());
    }

    /** Nobody heard that the upload may begin. */
    void undo(Reservation reservation) {
        active.find(reservation.upload())
                .ifPresent(upload ->
                        drop(upload).onFailure(failure -> LOG.warn("upload {} left behind", upload.id(), failure)));
    }

    /** Remembers how much would survive a power cut; done when that itself would. */
    Future<Done> progress(Progress told) {
        var upload = active.demand(told.who(), told.upload());
        upload.durable(told.durable());
        return admission.roomToGrow(upload).compose(room -> remember(upload, told.durable()));
    }

    private Future<Done> remember(ActiveUpload upload, long durable) {
        return upload.remembered()
                ? upload.row()
                        .compose(row -> table.durable(upload.id(), durable))
                        .map(Done.DONE)
                : Future.succeededFuture(Done.DONE);
    }

    /** Publishes; however often it is asked, it happens once and runs to its end. */
    Future<Entry> commit(Commit asked) {
        return active.find(asked.who(), asked.upload())
                .map(upload -> upload.publishing().orElseGet(() -> upload.publishing(publish(upload, asked.sealed()))))
                .orElseGet(() -> published(asked));
    }

    /** The answer to who lost it: the entry, as long as it is this upload's. */
    private Future<Entry> published(Commit asked) {
        return gate.current(asked.who())
                .compose(principal -> table.published(asked.upload(), principal.account()))
                .compose(path -> path.map(backend::stat)
                        .orElseGet(() -> Future.failedFuture(ActiveUploads.notRunning(asked.upload()))))
                .recover(failure -> Future.failedFuture(
                        Admission.isMissing(failure) ? ActiveUploads.notRunning(asked.upload()) : failure))
                .map(entry -> {
                    if (!isVersion(entry, asked.upload())) {
                        throw ActiveUploads.notRunning(asked.upload());
                    }
                    return entry;
                });
    }

    private Future<Entry> publish(ActiveUpload upload, Sealed sealed) {
        var asked = upload.asked();
        return gate.mayMake(asked.who(), asked.path())
                .compose(principal -> quotas.publishing(
                                asked.path(),
                                sealed.size(),
                                () -> intend(upload, sealed)
                                        .compose(intended -> backend.publish(
                                                upload.id(),
                                                asked.path(),
                                                asked.expected(),
                                                Admission.parents(principal, asked))))
                        .recover(failure -> Gate.refused(principal, asked.path(), failure)))
                .compose(entry -> settle(upload).map(entry))
                .recover(failure -> setAside(upload, sealed, FaultException.of(failure))
                        .transform(aside -> Future.failedFuture(
                                aside.succeeded() ? told(upload, FaultException.of(failure)) : failure)))
                .onComplete(ignored -> active.end(upload));
    }

    private Future<Void> intend(ActiveUpload upload, Sealed sealed) {
        return upload.remembered()
                ? upload.row()
                        .compose(row -> replaceable(upload.asked()))
                        .compose(there -> table.intend(upload.id(), sealed.size(), sealed.sha256(), there))
                : Future.succeededFuture();
    }

    /**
     * What a later start may replace: of whatever may be there just what is there now, and nothing that comes later.
     */
    private Future<Precondition> replaceable(Reserve asked) {
        if (!(asked.expected() instanceof Precondition.Any)) {
            return Future.succeededFuture(asked.expected());
        }
        return backend.stat(asked.path())
                .map(entry -> entry.etag().<Precondition>map(Precondition.Version::new))
                .recover(failure -> Admission.isMissing(failure)
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(failure))
                .map(there -> there.orElseGet(Precondition.Absent::new));
    }

    /** The file has its name: a row that could not be told so is put right by the next start. */
    private Future<Void> settle(ActiveUpload upload) {
        if (!upload.remembered()) {
            return Future.succeededFuture();
        }
        return table.state(upload.id(), State.DONE).otherwise(failure -> {
            LOG.warn("upload {} is published, its row still says publishing", upload.id(), failure);
            return null;
        });
    }

    /** It could not be published: a large one stays to be finished under another name, a small one is sent again. */
    private Future<Void> setAside(ActiveUpload upload, Sealed sealed, FaultException failure) {
        boolean diskFailed = failure.fault() == Fault.DISK_FAILED;
        if (diskFailed) {
            trouble.failed();
        }
        if (upload.remembered()) {
            return takeBack(upload, sealed);
        }
        return diskFailed ? Future.succeededFuture() : backend.discard(upload.id());
    }

    /** Who hears only that the disk failed would send again what waits here whole. */
    private static FaultException told(ActiveUpload upload, FaultException failure) {
        return failure.fault() == Fault.DISK_FAILED && upload.remembered()
                ? Fault.DISK_FAILED.because(
                        failure.getMessage() + "; all of it is kept as upload " + upload.id()
                                + ", to be published once the disk is well",
                        failure)
                : failure;
    }

    /** One that may have its name already stays as it is, and the next start makes sure of it. */
    private Future<Void> takeBack(ActiveUpload upload, Sealed sealed) {
        var asked = upload.asked();
        return isUnnamed(upload)
                .compose(unnamed -> unnamed
                        ? table.takeBack(upload.id(), sealed.size(), asked.expected())
                        : Future.failedFuture(Fault.DISK_FAILED.because("nobody knows whether it has its name")))
                .onFailure(left -> LOG.warn(
                        "upload {} to {} is left half published; the next start finishes or keeps it",
                        upload.id(),
                        asked.path(),
                        left));
    }

    /** Whether it is certain that it did not get its name: its bytes lie where they were sent to, or another has it. */
    private Future<Boolean> isUnnamed(ActiveUpload upload) {
        return backend.held(upload.id())
                .compose(held -> held > 0
                        ? Future.succeededFuture(true)
                        : backend.stat(upload.asked().path())
                                .map(entry -> !isVersion(entry, upload.id()))
                                .recover(failure -> Admission.isMissing(failure)
                                        ? Future.succeededFuture(true)
                                        : Future.failedFuture(failure)));
    }

    private static boolean isVersion(Entry entry, UploadId upload) {
        return entry.etag().equals(Optional.of(new Etag(upload.value())));
    }

    /** Ends the operation without publishing. What is being published is not stopped any more. */
    Future<Done> release(Release asked) {
        var upload = active.demand(asked.who(), asked.upload());
        if (upload.publishing().isPresent()) {
            return upload.publishing().get().transform(ignored -> Future.succeededFuture(Done.DONE));
        }
        var released = switch (asked.fate()) {
            case KEEP -> keep(upload, asked.durable(), State.PAUSED);
            case SUSPECT -> {
                trouble.failed();
                yield keep(upload, asked.durable(), State.SUSPECT);
            }
            case DROP -> drop(upload);
        };
        return released.map(Done.DONE);
    }

    private Future<Void> keep(ActiveUpload upload, long durable, State state) {
        return upload.remembered()
                ? upload.row()
                        .compose(row -> table.keep(upload.id(), durable, state))
                        .onComplete(ignored -> active.end(upload))
                : drop(upload);
    }

    private Future<Void> drop(ActiveUpload upload) {
        return backend.discard(upload.id())
                .compose(ignored -> upload.remembered()
                        ? upload.row().compose(row -> table.forget(upload.id()))
                        : Future.succeededFuture())
                .onComplete(ignored -> active.end(upload));
    }
}
