package dev.wherry.door.http;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import dev.wherry.storage.Storage;
import dev.wherry.storage.StorageRequest;
import dev.wherry.storage.backend.UploadId;
import dev.wherry.transfer.ResumeOrder;
import dev.wherry.transfer.Resumed;
import dev.wherry.transfer.Upload;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** One part of a resumable upload: what came of it stays, but a part with a checksum stays whole or not at all. */
final class TusPatch {
    static final String TYPE = "application/offset+octet-stream";
    static final String CHECKSUM = "Upload-Checksum";

    private final HttpDoor door;
    private final Call call;
    private final UploadId id;
    private final Optional<TusChecksum> checksum;
    /** Another name, or what may be there, than the upload was begun with. */
    private final Optional<TusMetadata> renamed;

    /** The length of the whole, where this request is the one that says it. */
    private final OptionalLong declared;

    /** The digest of the whole, where this request is the one that says it. */
    private final Optional<Sha256> promised;

    TusPatch(HttpDoor door, Call call, UploadId id) {
        this(door, call, id, Optional.empty());
    }

    /** @param renamed another name, or what may be there, than the upload was begun with */
    TusPatch(HttpDoor door, Call call, UploadId id, Optional<TusMetadata> renamed) {
        this.renamed = renamed;
        this.door = door;
        this.call = call;
        this.id = id;
        this.checksum = TusChecksum.of(call.header(CHECKSUM));
        this.declared = call.header(TusRoutes.LENGTH)
                .map(text -> OptionalLong.of(TusRoutes.bytes(TusRoutes.LENGTH, text)))
                .orElse(OptionalLong.empty());
        this.promised = FileHeaders.promised(call.request().headers());
        if (checksum.isPresent()) {
            TusChecksum.demandAllowed(call.header(HttpHeaders.CONTENT_LENGTH)
                    .map(text -> TusRoutes.bytes("Content-Length", text))
                    .orElse(0L));
        }
    }

    /** @param offset where the sender believes the part to belong */
    Future<Void> receive(long offset) {
        return door.uploads()
                .look(id, call.who())
                .filter(this::saysNothingNew)
                .flatMap(open -> door.uploads().take(id, call.who()))
                .map(open -> goOn(open, offset))
                .orElseGet(() -> resume(offset));
    }

    /** What is said only now is remembered with the upload, and so by resuming it. */
    private boolean saysNothingNew(HeldUploads.Open open) {
        return renamed.isEmpty()
                && (declared.isEmpty() || open.size().equals(declared))
                && (promised.isEmpty() || open.promised().equals(promised));
    }

    /** Whoever is at the wrong place is told so before the one who is at the right one would be stopped. */
    private Future<Void> resume(long offset) {
        return door.bus()
                .ask(Storage.FIND_UPLOAD, new StorageRequest.FindUpload(call.who(), id))
                .compose(found -> found.finished() || found.offset() == offset
                        ? reopen(offset)
                        : Future.failedFuture(wrongOffset(offset, found.offset())));
    }

    private Future<Void> reopen(long offset) {
        return door.transfers().resume(order(promised)).compose(resumed -> switch (resumed) {
            case Resumed.Finished(var path, var entry) -> finished(offset, entry.size());
            case Resumed.Going going ->
                going.upload()
                        .begin()
                        .compose(begun -> goOn(new HeldUploads.Open(going.upload(), going.size(), promised), offset));
        });
    }

    private ResumeOrder order(Optional<Sha256> digest) {
        return new ResumeOrder(
                call.who(),
                call.peer().address(),
                HttpParts.DOOR,
                id,
                declared,
                Optional.empty(),
                renamed.map(TusMetadata::path),
                renamed.map(TusMetadata::expected),
                digest);
    }

    /**
     * Publishes what is here whole and is not published yet; fails with what keeps it from that. Who only asks promises
     * nothing: what counts is what the sender did.
     */
    Future<Void> settle(long size) {
        return door.transfers().resume(order(Optional.empty())).compose(resumed -> switch (resumed) {
            case Resumed.Finished ignored -> Future.succeededFuture();
            case Resumed.Going going -> going.upload().begin().compose(begun -> settle(going.upload(), size));
        });
    }

    private static Future<Void> settle(Upload upload, long size) {
        return upload.received() == size
                ? upload.finish(Optional.empty()).mapEmpty()
                : stop(upload, Fault.BUSY.because("somebody else sends this upload; ask again"));
    }

    /** A client that lost the last answer may ask with nothing left to send; it hears the end again. */
    private Future<Void> finished(long offset, long size) {
        return offset == size ? accepted(size) : Future.failedFuture(wrongOffset(offset, size));
    }

    private static FaultException wrongOffset(long offset, long wanted) {
        return Fault.WRONG_OFFSET
                .because("the part begins at " + offset + ", and the upload stands at " + wanted
                        + "; ask with HEAD, and go on from there")
                .with("offset", wanted);
    }

    private Future<Void> goOn(HeldUploads.Open open, long offset) {
        var upload = open.upload();
        if (upload.received() != offset) {
            long wanted = upload.received();
            door.uploads().hold(id, call.who(), open);
            return Future.failedFuture(wrongOffset(offset, wanted));
        }
        return begin(upload)
                .compose(ready -> BodyFeed.feed(call, upload, bytes -> look(open, bytes)))
                .recover(broken -> stop(upload, broken))
                .compose(fed -> conclude(open));
    }

    /** Refuses what is too much before it counts: what was here before stays. */
    private void look(HeldUploads.Open open, ByteBuffer bytes) {
        long size = open.size().orElse(Long.MAX_VALUE);
        if (bytes.remaining() > size - open.upload().received()) {
            throw Fault.WRONG_SIZE
                    .because("the part is longer than what is left of the " + size + " bytes that were announced")
                    .with("size", size);
        }
        checksum.ifPresent(sum -> sum.add(bytes));
    }

    private Future<Void> begin(Upload upload) {
        return checksum.isPresent() ? upload.beginPart() : Future.succeededFuture();
    }

    /** The link broke, or the upload failed: what is worth keeping is kept, and can be resumed. */
    private static Future<Void> stop(Upload upload, Throwable why) {
        var failure = FaultException.of(why);
        // Behind what the disk failed to do nothing may be believed; of any other part what came is good.
        var end = failure.fault() == Fault.DISK_FAILED ? failure : Fault.STOPPED.because(failure.getMessage());
        return upload.stop(end).transform(ignored -> Future.failedFuture(why));
    }

    private Future<Void> conclude(HeldUploads.Open open) {
        var upload = open.upload();
        if (checksum.isPresent()) {
            if (!checksum.get().isRight()) {
                return upload.dropPart()
                        .recover(failure -> stop(upload, failure))
                        .compose(dropped -> {
                            door.uploads().hold(id, call.who(), open);
                            return Future.failedFuture(wrongChecksum(upload));
                        });
            }
            return upload.keepPart().recover(failure -> stop(upload, failure)).compose(kept -> acknowledge(open));
        }
        return acknowledge(open);
    }

    /** An offset that is answered is in the file: what a failing disk has not taken is asked for again. */
    private Future<Void> acknowledge(HeldUploads.Open open) {
        var upload = open.upload();
        boolean isWhole =
                open.size().isPresent() && upload.received() == open.size().getAsLong();
        if (!isWhole) {
            return upload.flush().recover(failure -> stop(upload, failure)).compose(written -> {
                if (call.interruption().isPresent()) {
                    return stop(upload, call.interruption().get());
                }
                door.uploads().hold(id, call.who(), open);
                return accepted(upload.received());
            });
        }
        return upload.finish(promised).compose(outcome -> {
            call.response().putHeader(FileHeaders.REPR_DIGEST, FileHeaders.digest(outcome.sha256()));
            outcome.entry()
                    .etag()
                    .ifPresent(etag -> call.response().putHeader(HttpHeaders.ETAG, FileHeaders.quoted(etag)));
            return accepted(outcome.entry().size());
        });
    }

    private static FaultException wrongChecksum(Upload upload) {
        return Fault.WRONG_CHECKSUM
                .because("what came is not what was sent: the checksum differs; send this part again")
                .with("offset", upload.received());
    }

    private Future<Void> accepted(long offset) {
        return call.response()
                .putHeader(TusRoutes.OFFSET, Long.toString(offset))
                .putHeader(TusRoutes.EXPIRES, TusRoutes.expiry(door))
                .end();
    }
}
