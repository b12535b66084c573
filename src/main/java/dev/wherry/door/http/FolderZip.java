package dev.wherry.door.http;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.Storage;
import dev.wherry.storage.StorageRequest;
import dev.wherry.storage.backend.Entry;
import dev.wherry.transfer.Backlog;
import dev.wherry.transfer.Download;
import dev.wherry.transfer.DownloadOrder;
import dev.wherry.transfer.Listing;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * A folder, or some of its entries, as one zip that is made on the way: nothing is kept but the names. What is in it is
 * counted first, so that too much is refused before the first byte; each file then is a download of its own, under its
 * own rights. Names in the zip are made of paths, never taken from a disk.
 */
final class FolderZip {
    private static final String NAME = "name";

    private final HttpDoor door;
    private final Call call;
    private final VirtualPath folder;
    private final WorkerExecutor workers;
    private final ZipPieces zip = new ZipPieces();
    private final List<Item> items = new ArrayList<>();
    private long bytes;

    FolderZip(HttpDoor door, Call call, VirtualPath folder) {
        this.door = door;
        this.call = call;
        this.folder = folder;
        this.workers = door.zipping();
    }

    /** @param name in the zip, below the folder */
    private record Item(String name, VirtualPath path, Entry entry) {}

    Future<Void> send() {
        if (call.query("archive").filter("zip"::equals).isEmpty()) {
            return Future.failedFuture(Fault.MALFORMED.because("the one kind of archive there is is ?archive=zip"));
        }
        return collect().compose(counted -> pour()).onComplete(done -> zip.close());
    }

    private void describe() {
        var name = (folder.isRoot() ? "files" : folder.name()) + ".zip";
        FileHeaders.harmless(call.response().headers(), name, true);
        call.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/zip").setChunked(true);
    }

    private Future<Void> collect() {
        var names = call.request().params().getAll(NAME);
        if (names.isEmpty()) {
            return below(folder, "");
        }
        Future<Void> all = Future.succeededFuture();
        for (var name : names) {
            var path = folder.child(name);
            all = all.compose(before -> named(path));
        }
        return all;
    }

    private Future<Void> named(VirtualPath path) {
        return door.bus()
                .ask(Storage.STAT, new StorageRequest.Stat(call.who(), path))
                .compose(entry -> {
                    add(new Item(path.name(), path, entry));
                    return entry.kind() == Kind.FOLDER ? below(path, path.name() + "/") : Future.succeededFuture();
                });
    }

    private Future<Void> below(VirtualPath top, String before) {
        return door.transfers()
                .list(call.who(), top, true)
                .compose(listing -> walk(listing, top, before).onComplete(ignored -> listing.close()));
    }

    private Future<Void> walk(Listing listing, VirtualPath top, String before) {
        var done = Promise.<Void>promise();
        step(listing, top, before, done);
        return done.future();
    }

    private void step(Listing listing, VirtualPath top, String before, Promise<Void> done) {
        listing.next().onFailure(done::tryFail).onSuccess(batch -> {
            if (batch.isEmpty()) {
                done.tryComplete();
                return;
            }
            // Who unpacks it takes it for the whole folder.
            var unread =
                    batch.stream().flatMap(found -> found.unread().stream()).findFirst();
            if (unread.isPresent()) {
                done.tryFail(unread.get());
                return;
            }
            try {
                batch.stream()
                        .filter(found -> found.entry().kind() != Kind.REFUSED)
                        .forEach(found -> add(new Item(before + found.path(), at(top, found.path()), found.entry())));
            } catch (FaultException refused) {
                done.tryFail(refused);
                return;
            }
            step(listing, top, before, done);
        });
    }

    private static VirtualPath at(VirtualPath top, String below) {
        var path = top;
        for (var name : List.of(below.split("/", -1))) {
            path = path.child(name);
        }
        return path;
    }

    private void add(Item item) {
        items.add(item);
        bytes += item.entry().size();
        var limits = door.config().zip();
        if (items.size() > limits.maxEntries() || bytes > limits.maxBytes()) {
            throw Fault.TOO_LARGE
                    .because("a zip takes at most " + limits.maxEntries() + " entries and " + limits.maxBytes()
                            + " bytes here; choose fewer, or use the command line: wherry get -r")
                    .with("maxEntries", limits.maxEntries())
                    .with("maxBytes", limits.maxBytes());
        }
    }

    private Future<Void> pour() {
        describe();
        if (call.request().method().equals(HttpMethod.HEAD)) {
            return call.response().end();
        }
        var flow = new ResponseFlow(call.request());
        var all = Promise.<Void>promise();
        call.onInterrupt(all::tryFail);
        call.response().closeHandler(gone -> {
            flow.lost();
            all.tryFail(Backlog.gone());
        });
        next(0, flow, all);
        return all.future()
                .compose(done -> piece(zip::end, flow::write))
                .compose(done -> call.response().end());
    }

    private void next(int index, ResponseFlow flow, Promise<Void> all) {
        if (all.future().isComplete()) {
            return;
        }
        if (index == items.size()) {
            all.tryComplete();
            return;
        }
        var item = items.get(index);
        (item.entry().kind() == Kind.FOLDER
                        ? piece(() -> zip.folder(item.name(), item.entry().modified()), flow::write)
                        : file(item, flow, all))
                .onFailure(all::tryFail)
                .onSuccess(done -> next(index + 1, flow, all));
    }

    private Future<Void> file(Item item, ResponseFlow flow, Promise<Void> all) {
        var order = new DownloadOrder(
                call.who(),
                call.peer().address(),
                HttpParts.DOOR,
                item.path(),
                0,
                OptionalLong.empty(),
                Optional.empty());
        return door.transfers().download(order).compose(download -> {
            all.future().onFailure(why -> download.stop(FaultException.of(why)));
            return piece(() -> zip.begin(item.name(), download.entry().modified()), flow::write)
                    .onFailure(failure -> download.close())
                    .compose(begun -> pour(download, flow));
        });
    }

    private Future<Void> pour(Download download, ResponseFlow flow) {
        return download.pour(
                        bytes -> piece(() -> zip.bytes(bytes.getBytes()), piece -> flow.write(download, piece)),
                        flow::queued,
                        flow::left)
                .mapEmpty();
    }

    private Future<Void> piece(Callable<Buffer> made, Function<Buffer, Future<Void>> sent) {
        return workers.executeBlocking(made, false)
                .compose(piece -> piece == null || piece.length() == 0 ? Future.succeededFuture() : sent.apply(piece));
    }
}
