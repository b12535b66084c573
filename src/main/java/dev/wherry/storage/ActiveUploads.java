package dev.wherry.storage;

import dev.wherry.auth.Principal;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.storage.Leases.Use;
import dev.wherry.storage.StorageRequest.Reserve;
import dev.wherry.storage.backend.UploadId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The uploads whose operation is running. Each holds its name, so that whoever wants the name meanwhile is told that it
 * is busy. Confined to the context of the storage verticle.
 */
final class ActiveUploads {
    private final Tenure tenure;
    private final int maxPerUser;
    private final Map<UploadId, ActiveUpload> active = new LinkedHashMap<>();

    /** @param maxPerUser how many may run for one account */
    ActiveUploads(Tenure tenure, int maxPerUser) {
        this.tenure = tenure;
        this.maxPerUser = maxPerUser;
    }

    /**
     * Takes the name, or fails with what is in the way. Counted from now on: of many who come at once none is missed.
     */
    ActiveUpload hold(UploadId id, Reserve asked, boolean remembered, long durable) {
        demandFewEnough(asked.who());
        var lease = tenure.take(asked.who(), asked.path(), Use.WRITE);
        var upload = new ActiveUpload(id, asked, lease, remembered, durable);
        active.put(id, upload);
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

    /** The bytes for which space is held by all but this one. */
    long outstandingBeside(ActiveUpload upload) {
        return active.values().stream()
                .filter(other -> other != upload)
                .mapToLong(other -> other.outstanding().orElse(0))
                .sum();
    }

    void end(ActiveUpload upload) {
        active.remove(upload.id());
        tenure.end(upload.lease());
        upload.end();
    }

    /** The upload, if it runs and is this account's: another's looks like none. */
    Optional<ActiveUpload> find(Principal who, UploadId id) {
        return find(id).filter(upload -> upload.asked().who().account().equals(who.account()));
    }

    Optional<ActiveUpload> find(UploadId id) {
        return Optional.ofNullable(active.get(id));
    }

    ActiveUpload demand(Principal who, UploadId id) {
        return find(who, id).orElseThrow(() -> notRunning(id));
    }

    static FaultException notRunning(UploadId id) {
        return Fault.NOT_FOUND.because("no such upload is running").with("upload", id.value());
    }

    boolean isActive(UploadId id) {
        return active.containsKey(id);
    }
}
