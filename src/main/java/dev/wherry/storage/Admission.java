package dev.wherry.storage;

import dev.wherry.auth.Principal;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Kind;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.StorageRequest.Reserve;
import dev.wherry.storage.backend.Backend;
import dev.wherry.storage.backend.Entry;
import dev.wherry.storage.backend.Parents;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether an upload may run: rights, its name, what is there already, room. All of it early, so that a refusal comes
 * before the bytes; what counts is the same check when it is published.
 *
 * <p>Confined to the context of the storage verticle.
 */
final class Admission {
    private final Gate gate;
    private final ActiveUploads active;
    private final Backend backend;
    private final Space space;
    private final QuotaWatch quotas;

    Admission(Gate gate, ActiveUploads active, Backend backend, Space space, QuotaWatch quotas) {
        this.gate = gate;
        this.active = active;
        this.backend = backend;
        this.space = space;
        this.quotas = quotas;
    }

    /**
     * Lets an upload run, which holds its name from now on, or says why not.
     *
     * @param have bytes of it that are here already
     * @param durable those of them that would survive a power cut
     */
    Future<ActiveUpload> admit(UploadId id, Reserve asked, boolean remembered, long have, long durable) {
        return gate.mayMake(asked.who(), asked.path()).compose(principal -> {
            var upload = active.hold(id, asked, remembered, durable);
            return demandExpected(principal, asked)
                    .compose(expected -> room(upload, have))
                    .map(upload)
                    .onFailure(refused -> active.end(upload))
                    .recover(failure -> Gate.refused(principal, asked.path(), failure));
        });
    }

    private Future<Void> room(ActiveUpload upload, long have) {
        var size = upload.asked().size();
        var wanted = size.isPresent() ? OptionalLong.of(Math.max(0, size.getAsLong() - have)) : size;
        return space.demandAllowed(size)
                .compose(allowed -> admit(upload, wanted))
                .compose(fits -> quota(upload));
    }

    /** One that does not know its size was let in for one byte: it is asked again as it grows. */
    Future<Void> roomToGrow(ActiveUpload upload) {
        return upload.asked().size().isPresent()
                ? Future.succeededFuture()
                : admit(upload, OptionalLong.empty()).compose(fits -> quota(upload));
    }

    private Future<Void> admit(ActiveUpload upload, OptionalLong wanted) {
        return space.admit(wanted, () -> active.outstandingBeside(upload));
    }

    private Future<Void> quota(ActiveUpload upload) {
        long known = upload.asked().size().orElse(upload.durable() + 1);
        return quotas.demandRoom(upload.id(), upload.asked().path(), known);
    }

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

    /** The folders above the target that this account may make for it. */
    static Parents parents(Principal principal, Reserve asked) {
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

    static boolean isMissing(Throwable failure) {
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
}
