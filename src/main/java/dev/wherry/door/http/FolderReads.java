package dev.wherry.door.http;

import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import dev.wherry.transfer.Listing;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Folders on their way out, as lines: what is in them, or the digests of all below. In bounded memory, however many.
 */
final class FolderReads {
    static final String LINES = "application/x-ndjson";

    private final HttpDoor door;

    FolderReads(HttpDoor door) {
        this.door = door;
    }

    Future<Void> read(Call call) {
        var path = call.path(FileReads.PREFIX);
        if (call.has("archive")) {
            return new FolderZip(door, call, path).send();
        }
        if (call.has("sums")) {
            return sums(call, path);
        }
        return isNavigation(call) ? toPage(call, path) : list(call, path);
    }

    /** A person who opens a folder's address wants to see the page, not its lines. */
    private static boolean isNavigation(Call call) {
        return call.header("Sec-Fetch-Mode").filter("navigate"::equals).isPresent();
    }

    private static Future<Void> toPage(Call call, VirtualPath path) {
        var place = path.segments().stream()
                .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20") + "/")
                .collect(Collectors.joining());
        return call.response()
                .setStatusCode(303)
                .putHeader(HttpHeaders.LOCATION, "/#/files/" + place)
                .end();
    }

    private Future<Void> list(Call call, VirtualPath path) {
        int limit = door.config().listing().maxEntries();
        return lines(
                call,
                path,
                false,
                LINES,
                limit,
                found -> EntryJson.of(found.entry()).encode() + "\n",
                new JsonObject().put("truncated", true).put("limit", limit).encode() + "\n");
    }

    /** As {@code sha256sum -c} reads them; a file whose digest nobody knows yet is named in a comment. */
    private Future<Void> sums(Call call, VirtualPath path) {
        return lines(call, path, true, "text/plain; charset=utf-8", Integer.MAX_VALUE, FolderReads::sum, "");
    }

    private static String sum(Listing.Found found) {
        if (found.unread().isPresent()) {
            return "# what is in it cannot be listed: " + found.path() + "\n";
        }
        if (found.entry().kind() != Kind.FILE) {
            return "";
        }
        return found.entry()
                .sha256()
                .map(sha256 -> sha256.hex() + "  " + found.path() + "\n")
                .orElseGet(() -> "# no digest is recorded: " + found.path() + "\n");
    }

    /** @param truncated what stands after the last line, when there would be more than the limit */
    private Future<Void> lines(
            Call call,
            VirtualPath path,
            boolean recursive,
            String type,
            int limit,
            Function<Listing.Found, String> line,
            String truncated) {
        return door.transfers().list(call.who(), path, recursive).compose(listing -> {
            call.response()
                    .setChunked(true)
                    .putHeader(HttpHeaders.CONTENT_TYPE, type)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            return new Lines(call, listing, limit, line, truncated).send().onComplete(ignored -> listing.close());
        });
    }

    /** A batch after the other, each when the peer has room for it; a loop, so that a long list is no deep chain. */
    private static final class Lines {
        private final Call call;
        private final Listing listing;
        private final int limit;
        private final Function<Listing.Found, String> line;
        private final String truncated;
        private final ResponseFlow flow;
        private final Promise<Void> sent = Promise.promise();
        private int count;

        private Lines(Call call, Listing listing, int limit, Function<Listing.Found, String> line, String truncated) {
            this.call = call;
            this.listing = listing;
            this.limit = limit;
            this.line = line;
            this.truncated = truncated;
            this.flow = new ResponseFlow(call.request());
        }

        private Future<Void> send() {
            call.onInterrupt(sent::tryFail);
            call.response().closeHandler(gone -> flow.lost());
            next();
            return sent.future().compose(all -> call.response().end());
        }

        private void next() {
            listing.next().onFailure(sent::tryFail).onSuccess(this::batch);
        }

        private void batch(List<Listing.Found> batch) {
            if (sent.future().isComplete()) {
                return;
            }
            if (batch.isEmpty()) {
                sent.tryComplete();
                return;
            }
            int room = Math.min(batch.size(), limit - count);
            var text = batch.subList(0, room).stream().map(line).collect(Collectors.joining());
            boolean isOver = room < batch.size();
            count += room;
            var piece = Buffer.buffer(isOver ? text + truncated : text);
            (piece.length() == 0 ? Future.<Void>succeededFuture() : flow.write(piece))
                    .onFailure(sent::tryFail)
                    .onSuccess(ready -> {
                        if (isOver) {
                            sent.tryComplete();
                        } else {
                            next();
                        }
                    });
        }
    }
}
