package dev.wherry.storage;

import dev.wherry.bus.Address;
import dev.wherry.bus.Topic;
import dev.wherry.fault.FaultException;
import dev.wherry.storage.backend.Entry;
import dev.wherry.storage.backend.UploadId;
import java.util.List;

/** What the other parts may ask of {@code StorageVerticle}. Every answer may be a fault of the gate. */
public final class Storage {
    public static final Address<StorageRequest.Stat, Entry> STAT = Address.of("wherry.storage.stat");
    public static final Address<StorageRequest.ListFolder, Listable> LIST = Address.of("wherry.storage.list");
    public static final Address<StorageRequest.Reserve, Reservation> RESERVE = Address.of("wherry.storage.reserve");
    /** Remembers an upload that somebody will send later, by {@link #RESUME}. */
    public static final Address<StorageRequest.Prepare, UploadId> PREPARE = Address.of("wherry.storage.prepare");

    /** One upload of this account, unfinished or not; {@code not-found} is also what expired, or is another's. */
    public static final Address<StorageRequest.FindUpload, FoundUpload> FIND_UPLOAD =
            Address.of("wherry.storage.find-upload");

    public static final Address<StorageRequest.Progress, Done> PROGRESS = Address.of("wherry.storage.progress");

    /** However long it takes: publishing that has begun runs to its end. */
    public static final Address<StorageRequest.Commit, Entry> COMMIT = Address.howeverLong("wherry.storage.commit");

    public static final Address<StorageRequest.Release, Done> RELEASE = Address.of("wherry.storage.release");

    /** However long it takes: who sends the upload now is stopped first, and may be writing to a slow disk. */
    public static final Address<StorageRequest.Resume, Resumption> RESUME =
            Address.howeverLong("wherry.storage.resume");

    public static final Address<StorageRequest.ListUploads, List<KeptUpload>> UPLOADS =
            Address.of("wherry.storage.uploads");
    public static final Address<StorageRequest.Cancel, Done> CANCEL = Address.howeverLong("wherry.storage.cancel");
    public static final Address<StorageRequest.Open, LeaseId> OPEN = Address.of("wherry.storage.open");
    public static final Address<StorageRequest.Close, Done> CLOSE = Address.of("wherry.storage.close");
    public static final Address<StorageRequest.Delete, Done> DELETE = Address.howeverLong("wherry.storage.delete");
    public static final Address<StorageRequest.MakeFolder, Done> MAKE_FOLDER =
            Address.howeverLong("wherry.storage.make-folder");
    public static final Address<StorageRequest.RemoveFolder, Done> REMOVE_FOLDER =
            Address.howeverLong("wherry.storage.remove-folder");
    public static final Address<StorageRequest.Move, Done> MOVE = Address.howeverLong("wherry.storage.move");

    /** However long it takes: what is in the folder is counted first. */
    public static final Address<StorageRequest.SetQuota, QuotaUse> SET_QUOTA =
            Address.howeverLong("wherry.storage.set-quota");

    public static final Address<StorageRequest.ListQuotas, List<QuotaUse>> LIST_QUOTAS =
            Address.of("wherry.storage.list-quotas");
    public static final Address<StorageRequest.RemoveQuota, Done> REMOVE_QUOTA =
            Address.of("wherry.storage.remove-quota");

    /** Why nothing is changed any more, told once: the server is no longer ready. */
    public static final Topic<String> STOPPED_CHANGES = new Topic<>("wherry.storage.stopped-changes");

    /** Somebody else of its account goes on with an upload, or gave it up: who sends it lets go of it. */
    public static final Topic<GiveWay> GIVE_WAY = new Topic<>("wherry.storage.give-way");

    private Storage() {}

    /** An answer that says only that it was done. */
    public enum Done {
        DONE
    }

    /** @param why as its sender is to hear it */
    public record GiveWay(UploadId upload, FaultException why) {}

    /**
     * The right to upload.
     *
     * @param remembered whether the upload is remembered in the database, so that it can be resumed after a restart
     */
    public record Reservation(UploadId upload, boolean remembered) {}
}
