package dev.wherry.door.http;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.Entry;
import dev.wherry.transfer.Backlog;
import dev.wherry.transfer.Download;
import dev.wherry.transfer.DownloadOrder;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;

/** Files on their way out: whole, or the range that is asked for, if the version is the one that is meant. */
final class FileReads {
    static final String PREFIX = "/files/";

    private final HttpDoor door;

    FileReads(HttpDoor door) {
        this.door = door;
    }

    Future<Void> send(Call call) {
        var path = call.path(PREFIX);
        return open(call, path, 0, OptionalLong.empty(), Optional.empty()).compose(whole -> {
            var entry = whole.entry();
            try {
                return condition(call, entry)
                        .map(status -> answerWithout(call, whole, status))
                        .orElseGet(() -> range(call, entry)
                                .map(range -> part(call, path, whole, range))
                                .orElseGet(() -> pour(call, whole, entry, 200, Optional.empty())));
            } catch (FaultException refused) {
                whole.close();
                call.response().putHeader("Content-Range", "bytes */" + entry.size());
                return Future.failedFuture(refused);
            }
        });
    }

    /** The headers of what {@code GET} would send. */
    Future<Void> head(Call call) {
        if (call.namesFolder()) {
            return new TreeRoutes(door).head(call);
        }
        var path = call.path(PREFIX);
        return open(call, path, 0, OptionalLong.empty(), Optional.empty()).compose(whole -> {
            whole.close();
            var entry = whole.entry();
            var status = condition(call, entry).orElse(200);
            describe(call, entry);
            if (status == 200) {
                call.response().putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(entry.size()));
            }
            return call.response().setStatusCode(status).end();
        });
    }

    private Future<Download> open(
            Call call, VirtualPath path, long offset, OptionalLong length, Optional<Etag> expected) {
        return door.transfers()
                .download(new DownloadOrder(
                        call.who(), call.peer().address(), HttpParts.DOOR, path, offset, length, expected));
    }

    /** The status of an answer without content, where a condition calls for it (RFC 9110, 13.2.2). */
    private static Optional<Integer> condition(Call call, Entry entry) {
        var match = call.header(HttpHeaders.IF_MATCH);
        if (match.isPresent() && !FileHeaders.names(match.get(), entry, false)) {
            return Optional.of(412);
        }
        if (match.isEmpty() && hasChanged(call, entry)) {
            return Optional.of(412);
        }
        var noneMatch = call.header(HttpHeaders.IF_NONE_MATCH);
        if (noneMatch.isPresent()) {
            return FileHeaders.names(noneMatch.get(), entry, true) ? Optional.of(304) : Optional.empty();
        }
        return call.header(HttpHeaders.IF_MODIFIED_SINCE)
                .flatMap(FileHeaders::time)
                .filter(time -> FileHeaders.isUnchangedSince(entry, time))
                .map(time -> 304);
    }

    private static boolean hasChanged(Call call, Entry entry) {
        return call.header("If-Unmodified-Since")
                .flatMap(FileHeaders::time)
                .filter(time -> !FileHeaders.isUnchangedSince(entry, time))
                .isPresent();
    }

    private static Future<Void> answerWithout(Call call, Download opened, int status) {
        opened.close();
        if (status == 412) {
            return Future.failedFuture(opened.entry().inTheWay(Fault.CHANGED, call.path(PREFIX)));
        }
        describe(call, opened.entry());
        return call.response().setStatusCode(status).end();
    }

    /** The range that counts: {@code If-Range} lets one of another version count for nothing. */
    private static Optional<ByteRange> range(Call call, Entry entry) {
        var meant = call.header("If-Range");
        boolean isMeant = meant.isEmpty()
                || FileHeaders.names(meant.get(), entry, false)
                || FileHeaders.time(meant.get())
                        .filter(time -> FileHeaders.isOf(entry, time))
                        .isPresent();
        return isMeant ? call.header("Range").flatMap(header -> ByteRange.of(header, entry.size())) : Optional.empty();
    }

    private Future<Void> part(Call call, VirtualPath path, Download whole, ByteRange range) {
        whole.close();
        var entry = whole.entry();
        return open(call, path, range.first(), OptionalLong.of(range.length()), entry.etag())
                .compose(part -> pour(call, part, entry, 206, Optional.of(range)));
    }

    private static Future<Void> pour(Call call, Download download, Entry entry, int status, Optional<ByteRange> range) {
        describe(call, entry);
        var response = call.response().setStatusCode(status);
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(download.length()));
        range.ifPresent(part -> response.putHeader(HttpHeaders.CONTENT_RANGE, part.contentRange(entry.size())));
        var flow = new ResponseFlow(call.request());
        call.onInterrupt(download::stop);
        response.exceptionHandler(ignored -> {});
        response.closeHandler(ignored -> {
            flow.lost();
            download.stop(Backlog.gone());
        });
        return download.pour(piece -> flow.write(download, piece), flow::queued, flow::left)
                .compose(done -> response.end())
                .mapEmpty();
    }

    private static void describe(Call call, Entry entry) {
        var headers = call.response().headers();
        FileHeaders.version(headers, entry);
        FileHeaders.harmless(headers, entry.name(), call.has("download"));
    }
}
