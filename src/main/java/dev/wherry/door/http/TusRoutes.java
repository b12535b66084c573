package dev.wherry.door.http;

import dev.wherry.fault.Fault;
import dev.wherry.storage.FoundUpload;
import dev.wherry.storage.KeptUpload;
import dev.wherry.storage.Storage;
import dev.wherry.storage.StorageRequest;
import dev.wherry.storage.backend.UploadId;
import dev.wherry.transfer.UploadOrder;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.OptionalLong;

/** Resumable uploads as tus 1.0.0 has them (https://tus.io/protocols/resumable-upload). */
final class TusRoutes {
    static final String VERSION = "1.0.0";
    static final String RESUMABLE = "Tus-Resumable";
    static final String LENGTH = "Upload-Length";
    static final String OFFSET = "Upload-Offset";
    private static final String DEFER = "Upload-Defer-Length";
    private static final String METADATA = "Upload-Metadata";
    static final String EXPIRES = "Upload-Expires";
    private static final String EXTENSIONS =
            "creation,creation-with-upload,creation-defer-length,expiration,checksum,termination";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final HttpDoor door;

    TusRoutes(HttpDoor door) {
        this.door = door;
    }

    /** What this server can do; nobody has to be known to ask. */
    static Future<Void> options(HttpServerResponse response, long maxSize) {
        return response.setStatusCode(204)
                .putHeader(RESUMABLE, VERSION)
                .putHeader("Tus-Version", VERSION)
                .putHeader("Tus-Extension", EXTENSIONS)
                .putHeader("Tus-Max-Size", Long.toString(maxSize))
                .putHeader("Tus-Checksum-Algorithm", TusChecksum.ALGORITHMS)
                .end();
    }

    /** Every answer says which version it speaks; a client of another is told so. */
    static void demandVersion(Call call) {
        call.response().putHeader(RESUMABLE, VERSION);
        var version = call.header(RESUMABLE);
        if (version.filter(VERSION::equals).isEmpty()) {
            call.response().putHeader("Tus-Version", VERSION);
            throw Fault.UNKNOWN_VERSION.because(
                    "this server speaks tus " + VERSION + "; say " + RESUMABLE + ": " + VERSION);
        }
    }

    Future<Void> list(Call call) {
        return door.bus()
                .ask(Storage.UPLOADS, new StorageRequest.ListUploads(call.who()))
                .compose(uploads ->
                        call.items(uploads.stream().map(TusRoutes::facts).toList()));
    }

    private static JsonObject facts(KeptUpload upload) {
        var facts = new JsonObject()
                .put("upload", upload.id().value())
                .put("path", upload.path().toString());
        upload.size().ifPresent(size -> facts.put("size", size));
        facts.put("durable", upload.durable()).put("running", upload.isRunning());
        upload.modified().ifPresent(modified -> facts.put("modified", modified.toString()));
        upload.source().ifPresent(source -> facts.put("source", source));
        return facts.put("begun", upload.begun().toString())
                .put("expires", upload.expires().toString());
    }

    Future<Void> create(Call call) {
        demandVersion(call);
        var size = announced(call);
        var metadata = TusMetadata.parse(call.header(METADATA).orElse(""));
        var order = new UploadOrder(
                call.who(),
                call.peer().address(),
                HttpParts.DOOR,
                metadata.path(),
                size,
                metadata.expected(),
                metadata.parents(),
                metadata.modified(),
                metadata.source());
        // Whatever is wrong with the part is told before anything is remembered.
        TusChecksum.of(call.header(TusPatch.CHECKSUM));
        FileHeaders.promised(call.request().headers());
        boolean hasPart = call.header(HttpHeaders.CONTENT_TYPE)
                .filter(TusPatch.TYPE::equals)
                .isPresent();
        return door.transfers().prepare(order, call.header(METADATA)).compose(id -> {
            var response = call.response()
                    .setStatusCode(201)
                    .putHeader(HttpHeaders.LOCATION, location(id))
                    .putHeader(EXPIRES, expiry(door));
            return hasPart || size.orElse(1) == 0
                    ? new TusPatch(door, call, id).receive(0)
                    : response.putHeader(OFFSET, "0").end();
        });
    }

    /** The size that was said, or that it comes later. */
    private OptionalLong announced(Call call) {
        var length = call.header(LENGTH);
        var deferred = call.header(DEFER);
        if (length.isPresent() == deferred.isPresent()
                || deferred.filter(word -> !word.equals("1")).isPresent()) {
            throw Fault.MALFORMED.because(
                    "say " + LENGTH + ": bytes, or " + DEFER + ": 1 when the length is not known yet");
        }
        return length.map(text -> OptionalLong.of(bytes(LENGTH, text))).orElse(OptionalLong.empty());
    }

    /**
     * A number of bytes as a header gives it; {@code malformed}, or {@code too-large} for what is no size of anything.
     */
    static long bytes(String header, String text) {
        if (!text.matches("[0-9]+")) {
            throw Fault.MALFORMED
                    .because(header + " is a number of bytes, 0 or more")
                    .with("header", header);
        }
        if (text.length() > 18) {
            throw Fault.TOO_LARGE.because("no file has " + text + " bytes").with("header", header);
        }
        return Long.parseLong(text);
    }

    /** When an upload that nobody continues from now on is removed. */
    static String expiry(HttpDoor door) {
        return DATE.format(Instant.now().plus(door.config().uploads().expireAfter()));
    }

    /** Without the host: it works under whichever name the client came, and behind a proxy. */
    private static String location(UploadId id) {
        return "/uploads/" + id;
    }

    Future<Void> head(Call call) {
        demandVersion(call);
        call.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return find(call).compose(found -> settled(call, found)).compose(found -> {
            var response = call.response().putHeader(OFFSET, Long.toString(found.offset()));
            var upload = found.upload();
            upload.size()
                    .ifPresentOrElse(
                            size -> response.putHeader(LENGTH, Long.toString(size)), () -> lengthOf(found, response));
            // Who promised a digest, and lost the answer, compares.
            if (found.finished()) {
                upload.sha256()
                        .ifPresent(sha256 -> response.putHeader(FileHeaders.REPR_DIGEST, FileHeaders.digest(sha256)));
            }
            return response.putHeader(METADATA, metadata(upload))
                    .putHeader(EXPIRES, DATE.format(upload.expires()))
                    .putHeader(HttpHeaders.CONTENT_LENGTH, "0")
                    .end();
        });
    }

    /**
     * A client that hears an offset as long as the whole takes it for published: what is here whole is published first,
     * or the client hears why it cannot be.
     */
    private Future<FoundUpload> settled(Call call, FoundUpload found) {
        boolean isWhole = found.upload().size().isPresent()
                && found.offset() == found.upload().size().getAsLong();
        return found.finished() || !isWhole
                ? Future.succeededFuture(found)
                : new TusPatch(door, call, found.upload().id())
                        .settle(found.offset())
                        .compose(published -> find(call));
    }

    private static void lengthOf(FoundUpload found, HttpServerResponse response) {
        if (found.finished()) {
            response.putHeader(LENGTH, Long.toString(found.offset()));
        } else {
            response.putHeader(DEFER, "1");
        }
    }

    private static String metadata(KeptUpload upload) {
        // The console door's know nothing of it; a tus client gets its own words back, as the protocol demands.
        return upload.metadata()
                .orElseGet(() -> "filename " + base64(upload.path().name()) + ",folder "
                        + base64(upload.path().parent().toString()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Future<FoundUpload> find(Call call) {
        return door.bus().ask(Storage.FIND_UPLOAD, new StorageRequest.FindUpload(call.who(), id(call)));
    }

    private static UploadId id(Call call) {
        return new UploadId(call.parameter("id"));
    }

    Future<Void> patch(Call call) {
        demandVersion(call);
        var id = id(call);
        var type = call.header(HttpHeaders.CONTENT_TYPE).orElse("");
        if (!type.equals(TusPatch.TYPE)) {
            throw Fault.UNKNOWN_TYPE.because("a part comes with Content-Type: " + TusPatch.TYPE);
        }
        long offset = bytes(OFFSET, call.header(OFFSET).orElse(""));
        call.response().setStatusCode(204);
        return new TusPatch(door, call, id, call.header(METADATA).map(TusMetadata::parse)).receive(offset);
    }

    /** For proxies that let neither {@code PATCH} nor {@code DELETE} through. */
    Future<Void> override(Call call) {
        return switch (call.header("X-HTTP-Method-Override").orElse("").toUpperCase(Locale.ROOT)) {
            case "PATCH" -> patch(call);
            case "DELETE" -> terminate(call);
            case "HEAD" -> head(call);
            default ->
                Future.failedFuture(Fault.UNKNOWN_METHOD.because(
                        "an upload takes HEAD, PATCH and DELETE; POST only with X-HTTP-Method-Override"));
        };
    }

    Future<Void> terminate(Call call) {
        demandVersion(call);
        var id = id(call);
        return door.bus()
                .ask(Storage.CANCEL, new StorageRequest.Cancel(call.who(), id))
                .compose(done -> call.nothing());
    }
}
