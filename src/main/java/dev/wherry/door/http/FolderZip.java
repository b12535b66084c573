package dev.wherry.door.http;

import dev.wherry.door.http.ZipContents.Item;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import dev.wherry.transfer.AnswerMemory;
import dev.wherry.transfer.Backlog;
import dev.wherry.transfer.Download;
import dev.wherry.transfer.DownloadOrder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * A folder, or some of its entries, as one zip that is made on the way: nothing is kept but its table of contents. What
 * is in it is counted first, so that too much is refused before the first byte; each file then is a download of its
 * own, under its own rights.
 */
final class FolderZip {
    private static final String NAME = "name";

    /** What the table of contents takes for each entry, beside its name. */
    private static final long ENTRY_MEMORY = 300;

    private final HttpDoor door;
    private final Call call;
    private final VirtualPath folder;
    private final WorkerExecutor workers;
    private final AnswerMemory.Share memory;
    private final ZipPieces zip = new ZipPieces();
    /** Fails when nobody waits for the zip any more. */
    private final Promise<Void> reader = Promise.promise();
    /** The file that is being sent. */
    private Optional<Download> running = Optional.empty();

    /** Those that were counted and are not in the zip yet. */
    private int ahead;

    private int entries;
    private long bytes;

    FolderZip(HttpDoor door, Call call, VirtualPath folder) {
        this.door = door;
        this.call = call;
        this.folder = folder;
        this.workers = door.zipping();
        this.memory = door.transfers().memory(call.who());
    }

    Future<Void> send() {
        call.onInterrupt(reader::tryFail);
        // In one chain, so that what is wrong with the request lets go of all of it, too.
        return kind().compose(zipped -> each(this::count))
                .compose(counted -> pour())
                .onComplete(done -> {
                    zip.close();
                    memory.close();
                });
    }

    private Future<Void> kind() {
        return call.query("archive").filter("zip"::equals).isPresent()
                ? Future.succeededFuture()
                : Future.failedFuture(Fault.MALFORMED.because("the one kind of archive there is is ?archive=zip"));
    }

    /** Does something with all that is to be in the zip, a few entries at a time. */
    private Future<Void> each(Function<List<Item>, Future<Void>> action) {
        var contents =
                new ZipContents(door, call, folder, call.request().params().getAll(NAME));
        var done = Promise.<Void>promise();
        step(contents, action, done);
        return done.future().onComplete(ended -> contents.close());
    }

    private void step(ZipContents contents, Function<List<Item>, Future<Void>> action, Promise<Void> done) {
        contents.next()
                .compose(items ->
                        (reader.future().failed() ? reader.future() : action.apply(items)).map(items.isEmpty()))
                .onFailure(done::tryFail)
                .onSuccess(isOver -> {
                    if (isOver) {
                        done.tryComplete();
                    } else {
                        step(contents, action, done);
                    }
                });
    }

    private Future<Void> count(List<Item> items) {
        items.forEach(this::count);
        return Future.succeededFuture();
    }

    private void count(Item item) {
        var limits = door.config().zip();
        ahead++;
        entries++;
        bytes += item.entry().size();
        if (entries > limits.maxEntries() || bytes > limits.maxBytes()) {
            throw Fault.TOO_LARGE
                    .because("a zip takes at most " + limits.maxEntries() + " entries and " + limits.maxBytes()
                            + " bytes here; choose fewer, or use the command line: wherry get -r")
                    .with("maxEntries", limits.maxEntries())
                    .with("maxBytes", limits.maxBytes());
        }
        memory.take(ENTRY_MEMORY + item.name().length());
    }

    private Future<Void> pour() {
        describe();
        if (call.request().method().equals(HttpMethod.HEAD)) {
            return call.response().end();
        }
        var flow = new ResponseFlow(call.request());
        reader.future().onFailure(why -> running.ifPresent(download -> download.stop(FaultException.of(why))));
        call.response().closeHandler(gone -> {
            flow.lost();
            reader.tryFail(Backlog.gone());
        });
        return each(items -> pour(items.iterator(), flow))
                .compose(done -> piece(zip::end, flow::write))
                .compose(done -> call.response().end());
    }

    private void describe() {
        var name = (folder.isRoot() ? "files" : folder.name()) + ".zip";
        FileHeaders.harmless(call.response().headers(), name, true);
        call.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/zip").setChunked(true);
    }

    private Future<Void> pour(Iterator<Item> items, ResponseFlow flow) {
        if (!items.hasNext() || reader.future().failed()) {
            return Future.succeededFuture();
        }
        var item = items.next();
        if (ahead == 0) {
            // It came into the folder after all were counted.
            count(item);
        }
        ahead--;
        return (item.isFolder()
                        ? piece(() -> zip.folder(item.name(), item.entry().modified()), flow::write)
                        : file(item, flow))
                .compose(done -> pour(items, flow));
    }

    private Future<Void> file(Item item, ResponseFlow flow) {
        var order = new DownloadOrder(
                call.who(),
                call.peer().address(),
                HttpParts.DOOR,
                item.path(),
                0,
                OptionalLong.empty(),
                Optional.empty());
        return door.transfers().download(order).compose(download -> {
            if (reader.future().failed()) {
                download.close();
                return reader.future();
            }
            running = Optional.of(download);
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
