package dev.wherry.storage;

import dev.wherry.storage.backend.Entry;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.OptionalLong;

/** An upload whose operation is running. Confined to the context of the storage verticle. */
final class ActiveUpload {
    private final UploadId id;
    private final StorageRequest.Reserve asked;
    private final LeaseId lease;
    /** Done when its row is in the database; at once for an upload that has none. */
    private Future<Void> row = Future.succeededFuture();

    private final boolean remembered;
    private long durable;
    private Optional<Future<Entry>> publishing = Optional.empty();
    private final Promise<Void> ended = Promise.promise();

    ActiveUpload(UploadId id, StorageRequest.Reserve asked, LeaseId lease, boolean remembered, long durable) {
        this.id = id;
        this.asked = asked;
        this.lease = lease;
        this.remembered = remembered;
        this.durable = durable;
    }

    UploadId id() {
        return id;
    }

    StorageRequest.Reserve asked() {
        return asked;
    }

    LeaseId lease() {
        return lease;
    }

    boolean remembered() {
        return remembered;
    }

    Future<Void> row() {
        return row;
    }

    void row(Future<Void> inserted) {
        row = inserted;
    }

    /** Bytes that would survive a power cut. */
    long durable() {
        return durable;
    }

    void durable(long offset) {
        durable = offset;
    }

    /** The publishing that has begun, which runs to its end and happens once. */
    Optional<Future<Entry>> publishing() {
        return publishing;
    }

    Future<Entry> publishing(Future<Entry> begun) {
        publishing = Optional.of(begun);
        return begun;
    }

    /** The bytes for which space is held: promised, and not yet on the disk. */
    OptionalLong outstanding() {
        return asked.size().isPresent()
                ? OptionalLong.of(Math.max(0, asked.size().getAsLong() - durable))
                : OptionalLong.empty();
    }

    void end() {
        ended.tryComplete();
    }

    /** Done when its operation has ended, however that was: then it is for others to go on with. */
    Future<Void> ended() {
        return ended.future();
    }
}
