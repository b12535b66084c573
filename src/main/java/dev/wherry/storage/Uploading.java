package dev.wherry.storage;

import dev.wherry.auth.Principal;
import dev.wherry.config.Config;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Kind;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.Leases.Use;
import dev.wherry.storage.Storage.Done;
import dev.wherry.storage.Storage.Reservation;
import dev.wherry.storage.StorageRequest.Commit;
import dev.wherry.storage.StorageRequest.Progress;
import dev.wherry.storage.StorageRequest.Release;
import dev.wherry.storage.StorageRequest.Reserve;
import dev.wherry.storage.UploadTable.State;
import dev.wherry.storage.backend.Backend;
import dev.wherry.storage.backend.Entry;
import dev.wherry.storage.backend.Parents;
import dev.wherry.storage.backend.Sealed;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of an upload as storage sees it: reserved, on its way, published or released. Between those it holds the
 * name, so that whoever wants the name meanwhile is told that it is busy.
 *
 * <p>Confined to the context of the storage verticle.
 */
final class Uploading {
    private static final Logger LOG = LoggerFactory.getLogger(Uploading.class);

    private final Gate gate;
    private final Tenure tenure;
    private final Backend backend;
    private final UploadTable table;
    private final DiskTrouble trouble;
    private final Space space;
    private final int maxPerUser;
    private final long maxUnremembered;

    private final Map<UploadId, ActiveUpload> active = new LinkedHashMap<>();

    Uploading(Gate gate, Tenure tenure, Backend backend, UploadTable table, DiskTrouble trouble, Config config) {
        this.gate = gate;
        this.tenure = tenure;
        this.backend = backend;
        this.table = table;
        this.trouble = trouble;
        this.space = new Space(backend, config.files().maxSize());
        this.maxPerUser = config.transfers().maxPerUser();
        this.maxUnremembered = config.uploads().maxUnremembered();
    }

    /** Lets an upload begin, or says before its first byte why not. */
    Future<Reservation> reserve(Reserve asked) {
        return gate.mayMake(asked.who(), asked.path()).compose(principal -> {
            demandFewEnough(asked.who());
            var upload = hold(asked);
            return demandExpected(principal, asked)
                    .compose(expected -> space.admit(asked.size(), () -> outstandingBeside(upload)))
                    .map(admitted -> begin(upload))
                    .onFailure(refused -> end(upload))
                    .recover(failure -> Gate.refused(principal, asked.path(), failure));
        });
    }

    /** Counted from now on, in the same step as it was let in: of many who come at once none is overlooked. */
    private ActiveUpload hold(Reserve asked) {
        boolean remembered = asked.size().isEmpty() || asked.size().getAsLong() > maxUnremembered;
        var lease = tenure.take(asked.who(), asked.path(), Use.WRITE);
        var upload = new ActiveUpload(UploadId.random(), asked, lease, remembered);
        active.put(upload.id(), upload);
        return upload;
    }

    private void demandFewEnough(Principal who) {
        long running = active.values().stream()
                .filter(upload -> upload.asked().who().account().equals(who.account()))
                .count();
        if (running >= maxPerUser) {
            throw Fault.TOO_MANY
                    .because("you have " + running + " uploads running, as many as one account may; let one end first")
                    .with("limit", maxPerUser);
        }
    }

    /** Early, so that a refusal comes before the bytes; what counts is the same check when it is published. */
    private Future<Void> demandExpected(Principal principal, Reserve asked) {
        return backend.stat(asked.path())
                .map(entry -> demandReplaceable(asked, entry))
                .<Void>mapEmpty()
                .recover(failure -> demandMissing(principal, asked, FaultException.of(failure)));
    }

    private static Entry demandReplaceable(Reserve asked, Entry entry) {
        if (entry.kind() == Kind.FOLDER) {
            throw Fault.IS_FOLDER.because("there is a folder of this name: " + asked.path());
        }
        if (entry.kind() == Kind.REFUSED) {
            throw Fault.REFUSED_ENTRY.because("what is there is nothing this server writes to: "
                    + entry.refused().orElse("not a file"));
        }
        return switch (asked.expected()) {
            case Precondition.Absent() -> throw entry.inTheWay(Fault.EXISTS, asked.path());
            case Precondition.Version(var etag)
            when !entry.etag().equals(Optional.of(etag)) -> throw entry.inTheWay(Fault.CHANGED, asked.path());
            case Precondition.Version ignored -> entry;
            case Precondition.Any() -> entry;
        };
    }

    private Future<Void> demandMissing(Principal principal, Reserve asked, FaultException failure) {
        boolean missing = failure.fault() == Fault.NOT_FOUND;
        boolean makeable = failure.fault() == Fault.NO_FOLDER && asked.parents();
        if (!missing && !makeable) {
            return Future.failedFuture(failure);
        }
        if (asked.expected() instanceof Precondition.Version) {
            return Future.failedFuture(gone(asked.path()));
        }
        return missing ? Future.succeededFuture() : demandMakeable(parents(principal, asked));
    }

    private static Parents parents(Principal principal, Reserve asked) {
        return asked.parents() ? Gate.parents(principal, asked.path()) : Parents.NONE;
    }

    /** What may be made hangs below a folder that must be there. */
    private Future<Void> demandMakeable(Parents parents) {
        return switch (parents) {
            case Parents.None() -> Future.succeededFuture();
            case Parents.From(VirtualPath highest) ->
                backend.stat(highest.parent())
                        .<Void>mapEmpty()
                        .recover(failure ->
                                Future.failedFuture(isMissing(failure) ? Parents.denied(highest.parent()) : failure));
        };
    }

    private static boolean isMissing(Throwable failure) {
        return switch (FaultException.of(failure).fault()) {
            case NOT_FOUND, NO_FOLDER -> true;
            default -> false;
        };
    }

    private static FaultException gone(VirtualPath path) {
        return Fault.CHANGED
                .because("the version you would replace is gone: " + path + " was removed meanwhile")
                .with("path", path.toString());
    }

    private long outstandingBeside(ActiveUpload upload) {
        return active.values().stream()
                .filter(other -> other != upload)
                .mapToLong(other -> other.outstanding().orElse(0))
                .sum();
    }

    private Reservation begin(ActiveUpload upload) {
        if (upload.remembered()) {
            upload.row(table.insert(upload.id(), upload.asked()));
        }
        return new Reservation(upload.id(), upload.remembered());
    }

    /** Nobody heard that the upload may begin. */
    void undo(Reservation reservation) {
        var upload = active.get(reservation.upload());
        if (upload != null) {
            drop(upload).onFailure(failure -> LOG.warn("upload {} left behind", upload.id(), failure));
        }
    }

    /** Remembers how much would survive a power cut; done when that itself would. */
    Future<Done> progress(Progress told) {
        var upload = find(told.who(), told.upload());
        upload.durable(told.durable());
        return room(upload).compose(room -> remember(upload, told.durable()));
    }

    /** One that does not know its size was let in for one byte: it is asked again as it grows. */
    private Future<Void> room(ActiveUpload upload) {
        return upload.asked().size().isPresent()
                ? Future.succeededFuture()
                : space.admit(OptionalLong.empty(), () -> outstandingBeside(upload));
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
        return running(asked.who(), asked.upload())
                .map(upload -> upload.publishing().orElseGet(() -> upload.publishing(publish(upload, asked.sealed()))))
                .orElseGet(() -> published(asked));
    }

    /** The answer to who lost it: the entry, as long as it is this upload's. */
    private Future<Entry> published(Commit asked) {
        return gate.current(asked.who())
                .compose(principal -> table.published(asked.upload(), principal.account()))
                .compose(path ->
                        path.map(backend::stat).orElseGet(() -> Future.failedFuture(notRunning(asked.upload()))))
                .recover(failure -> Future.failedFuture(isMissing(failure) ? notRunning(asked.upload()) : failure))
                .map(entry -> {
                    if (!entry.etag().equals(Optional.of(new Etag(asked.upload().value())))) {
                        throw notRunning(asked.upload());
                    }
                    return entry;
                });
    }

    private Future<Entry> publish(ActiveUpload upload, Sealed sealed) {
        var asked = upload.asked();
        return gate.mayMake(asked.who(), asked.path())
                .compose(principal -> intend(upload, sealed)
                        .compose(intended ->
                                backend.publish(upload.id(), asked.path(), asked.expected(), parents(principal, asked)))
                        .recover(failure -> Gate.refused(principal, asked.path(), failure)))
                .compose(entry -> settle(upload).map(entry))
                .recover(failure -> setAside(upload, sealed, FaultException.of(failure))
                        .transform(ignored -> Future.failedFuture(failure)))
                .onComplete(ignored -> end(upload));
    }

    private Future<Void> intend(ActiveUpload upload, Sealed sealed) {
        return upload.remembered()
                ? upload.row().compose(row -> table.intend(upload.id(), sealed.size(), sealed.sha256()))
                : Future.succeededFuture();
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

    /**
     * It could not be published: a large one stays to be finished under another name, a small one is sent again. When
     * the disk failed nobody knows how far it came, and the next start finds out.
     */
    private Future<Void> setAside(ActiveUpload upload, Sealed sealed, FaultException failure) {
        if (failure.fault() == Fault.DISK_FAILED) {
            trouble.failed();
            return Future.succeededFuture();
        }
        return upload.remembered()
                ? table.keep(upload.id(), sealed.size(), State.PAUSED)
                : backend.discard(upload.id());
    }

    /** Ends the operation without publishing. What is being published is not stopped any more. */
    Future<Done> release(Release asked) {
        var upload = find(asked.who(), asked.upload());
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
                        .onComplete(ignored -> end(upload))
                : drop(upload);
    }

    private Future<Void> drop(ActiveUpload upload) {
        return backend.discard(upload.id())
                .compose(ignored -> upload.remembered()
                        ? upload.row().compose(row -> table.forget(upload.id()))
                        : Future.succeededFuture())
                .onComplete(ignored -> end(upload));
    }

    private void end(ActiveUpload upload) {
        active.remove(upload.id());
        tenure.end(upload.lease());
    }

    /** Another account's upload looks like none. */
    private ActiveUpload find(Principal who, UploadId id) {
        return running(who, id).orElseThrow(() -> notRunning(id));
    }

    private Optional<ActiveUpload> running(Principal who, UploadId id) {
        return Optional.ofNullable(active.get(id))
                .filter(upload -> upload.asked().who().account().equals(who.account()));
    }

    private static FaultException notRunning(UploadId id) {
        return Fault.NOT_FOUND.because("no such upload is running").with("upload", id.value());
    }

    boolean isActive(UploadId id) {
        return active.containsKey(id);
    }
}
