package dev.wherry.door.http;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Precondition;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.Storage;
import dev.wherry.storage.StorageRequest;
import dev.wherry.storage.backend.UploadId;
import dev.wherry.transfer.Upload;
import dev.wherry.transfer.UploadOrder;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;

/** Whole files on their way in, by {@code PUT}: one request, which leaves a whole file or nothing. */
final class FileWrites {
    private final HttpDoor door;

    FileWrites(HttpDoor door) {
        this.door = door;
    }

    Future<Void> put(Call call) {
        if (call.namesFolder()) {
            return Future.failedFuture(Fault.IS_FOLDER.because(
                    "a path that ends with a slash is a folder: name the file, or make the folder with POST ?mkdir"));
        }
        if (call.header(HttpHeaders.CONTENT_RANGE).isPresent()) {
            return Future.failedFuture(Fault.MALFORMED.because(
                    "PUT takes whole files (RFC 9110, 14.5); to go on with an upload use tus, at /uploads"));
        }
        var path = call.path(FileReads.PREFIX);
        var promised = FileHeaders.promised(call.request().headers());
        return expected(call, path)
                .compose(expected -> replaces(call, path, expected).compose(replaces -> {
                    var upload = door.transfers().upload(order(call, path, expected));
                    return upload.begin()
                            .compose(id -> receive(call, upload, promised)
                                    .recover(failure ->
                                            remove(call, id).transform(gone -> Future.failedFuture(failure))))
                            .recover(refused -> Future.failedFuture(Condition.refused(call, refused)))
                            .compose(outcome -> published(call, path, outcome, replaces));
                }));
    }

    private static UploadOrder order(Call call, VirtualPath path, Precondition expected) {
        return new UploadOrder(
                call.who(),
                call.peer().address(),
                HttpParts.DOOR,
                path,
                size(call),
                expected,
                call.says("parents"),
                call.query("modified").map(text -> Asked.time("modified", text)),
                Optional.empty());
    }

    private static OptionalLong size(Call call) {
        return call.header(HttpHeaders.CONTENT_LENGTH)
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    /** What may be there: the version that a condition names, nothing, or with {@code overwrite} anything. */
    private Future<Precondition> expected(Call call, VirtualPath path) {
        boolean demandsAbsence = Condition.demandsAbsence(call);
        return new Condition(door, call, path)
                .named()
                .map(named -> named.orElseGet(() -> call.says("overwrite") && !demandsAbsence
                        ? new Precondition.Any()
                        : new Precondition.Absent()));
    }

    /** One strong etag, in quotes. */
    static Etag etag(String value) {
        var text = value.strip();
        if (text.length() < 3 || !text.startsWith("\"") || !text.endsWith("\"")) {
            throw Fault.MALFORMED.because("If-Match takes one etag, in quotes, as GET gave it");
        }
        return new Etag(text.substring(1, text.length() - 1));
    }

    /** Whether something is there that will be replaced: it decides between 200 and 201 only. */
    private Future<Boolean> replaces(Call call, VirtualPath path, Precondition expected) {
        return switch (expected) {
            case Precondition.Absent() -> Future.succeededFuture(false);
            case Precondition.Version ignored -> Future.succeededFuture(true);
            case Precondition.Any() ->
                door.bus()
                        .ask(Storage.STAT, new StorageRequest.Stat(call.who(), path))
                        .map(there -> true)
                        .otherwise(false);
        };
    }

    /** An upload that ended by itself, or could not get its name, is kept for a resume: here nobody will. */
    private Future<Storage.Done> remove(Call call, UploadId id) {
        return door.bus().ask(Storage.CANCEL, new StorageRequest.Cancel(call.who(), id));
    }

    private static Future<Upload.Outcome> receive(Call call, Upload upload, Optional<Sha256> promised) {
        return BodyFeed.feed(call, upload, bytes -> {})
                .compose(end -> upload.finish(promised))
                .recover(failure ->
                        upload.discard(FaultException.of(failure)).transform(ignored -> Future.failedFuture(failure)));
    }

    private static Future<Void> published(Call call, VirtualPath path, Upload.Outcome outcome, boolean replaces) {
        var entry = outcome.entry();
        entry.etag().ifPresent(etag -> call.response().putHeader(HttpHeaders.ETAG, FileHeaders.quoted(etag)));
        call.response().putHeader(FileHeaders.REPR_DIGEST, FileHeaders.digest(outcome.sha256()));
        var facts = EntryJson.of(entry)
                .put("path", path.toString())
                .put("sha256", outcome.sha256().hex());
        double seconds = outcome.took().toNanos() / 1e9;
        facts.put("seconds", seconds).put("bytesPerSecond", seconds > 0 ? outcome.bytes() / seconds : 0.0);
        return call.answer(replaces ? 200 : 201, facts);
    }
}
