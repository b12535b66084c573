package dev.wherry.door.http;

import dev.wherry.fault.Fault;
import dev.wherry.path.Kind;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.Storage;
import dev.wherry.storage.StorageRequest;
import dev.wherry.storage.Whence;
import dev.wherry.storage.backend.Entry;
import dev.wherry.transfer.Backlog;
import dev.wherry.transfer.Verification;
import dev.wherry.transfer.VerifyOrder;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** What changes the tree without bytes, and what only looks at an entry. */
final class TreeRoutes {
    private final HttpDoor door;

    TreeRoutes(HttpDoor door) {
        this.door = door;
    }

    Future<Void> stat(Call call) {
        var path = call.path(FileReads.PREFIX);
        return look(call, path).compose(entry -> call.answer(EntryJson.of(entry).put("path", path.toString())));
    }

    private Future<Entry> look(Call call, VirtualPath path) {
        return door.bus().ask(Storage.STAT, new StorageRequest.Stat(call.who(), path));
    }

    /** Of a folder: whether it is there. */
    Future<Void> head(Call call) {
        return look(call, call.path(FileReads.PREFIX)).compose(entry -> {
            if (entry.kind() != Kind.FOLDER) {
                throw Fault.NOT_FOLDER.because("this is no folder; leave out the slash at the end");
            }
            return call.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, FolderReads.LINES)
                    .end();
        });
    }

    Future<Void> delete(Call call) {
        var path = call.path(FileReads.PREFIX);
        var done = call.namesFolder() ? removeFolder(call, path) : deleteFile(call, path);
        return done.compose(ignored -> call.answer(at(path)));
    }

    private Future<Storage.Done> removeFolder(Call call, VirtualPath path) {
        if (call.header(HttpHeaders.IF_MATCH).isPresent()) {
            throw Fault.MALFORMED.because("a folder has no versions that If-Match could name");
        }
        return door.bus()
                .ask(
                        Storage.REMOVE_FOLDER,
                        new StorageRequest.RemoveFolder(call.who(), path, call.says("recursive"), whence(call)));
    }

    private Future<Storage.Done> deleteFile(Call call, VirtualPath path) {
        return new Condition(door, call, path)
                .named()
                .map(named -> new StorageRequest.Delete(
                        call.who(), path, named.orElseGet(Precondition.Any::new), whence(call)))
                .compose(asked -> door.bus().ask(Storage.DELETE, asked));
    }

    /** The query says what is to be done. */
    Future<Void> post(Call call) {
        if (call.has("mkdir")) {
            return makeFolder(call);
        }
        if (call.has("move")) {
            return move(call);
        }
        if (call.has("verify")) {
            return verify(call);
        }
        return Future.failedFuture(Fault.MALFORMED.because(
                "say what is to be done: ?mkdir, ?move=/target or ?verify; content comes by PUT, or by tus"));
    }

    private Future<Void> makeFolder(Call call) {
        var path = call.path(FileReads.PREFIX);
        return door.bus()
                .ask(Storage.MAKE_FOLDER, new StorageRequest.MakeFolder(call.who(), path, whence(call)))
                .compose(done -> call.answer(201, at(path)));
    }

    private Future<Void> move(Call call) {
        var target = VirtualPath.parse(call.query("move").orElse(""));
        var asked =
                new StorageRequest.Move(call.who(), call.path(FileReads.PREFIX), target, expected(call), whence(call));
        return door.bus().ask(Storage.MOVE, asked).compose(done -> call.answer(at(target)));
    }

    private static Optional<Whence> whence(Call call) {
        return Optional.of(new Whence(call.peer().address(), HttpParts.DOOR));
    }

    private static Precondition expected(Call call) {
        return call.header(HttpHeaders.IF_MATCH)
                .<Precondition>map(value -> new Precondition.Version(FileWrites.etag(value)))
                .orElseGet(() -> call.says("overwrite") ? new Precondition.Any() : new Precondition.Absent());
    }

    private Future<Void> verify(Call call) {
        var path = call.path(FileReads.PREFIX);
        var order = new VerifyOrder(call.who(), call.peer().address(), HttpParts.DOOR, path);
        return door.transfers().verify(order, read -> {}).compose(opened -> {
            call.onInterrupt(opened::stop);
            call.response().closeHandler(gone -> opened.stop(Backlog.gone()));
            var waiting = new LongAnswer(call, door.config().http().idleTimeout());
            return waiting.until(opened.run().map(outcome -> facts(path, outcome)));
        });
    }

    private static JsonObject facts(VirtualPath path, Verification.Outcome outcome) {
        var facts = at(path).put("size", outcome.size())
                .put("computed", outcome.computed().hex());
        outcome.recorded()
                .ifPresent(recorded -> facts.put("recorded", recorded.hex()).put("equal", outcome.isAsRecorded()));
        return facts;
    }

    private static JsonObject at(VirtualPath path) {
        return new JsonObject().put("path", path.toString());
    }
}
