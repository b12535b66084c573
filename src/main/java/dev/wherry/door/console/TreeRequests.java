package dev.wherry.door.console;

import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import dev.wherry.storage.Storage;
import dev.wherry.storage.StorageRequest;
import dev.wherry.storage.Whence;
import dev.wherry.transfer.Listing;
import dev.wherry.transfer.Transfers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.Optional;

/** The requests about what is in the tree, and those that change it without bytes. */
final class TreeRequests {
    private final Bus bus;
    private final Transfers transfers;
    private final String address;

    TreeRequests(Bus bus, Transfers transfers, String address) {
        this.bus = bus;
        this.transfers = transfers;
        this.address = address;
    }

    Future<Map<String, Object>> list(Principal who, Request.ListFolder asked, Turn turn) {
        return transfers
                .list(who, asked.path(), asked.recursive())
                .compose(listing -> items(listing, asked.digest(), turn).onComplete(ignored -> listing.close()))
                .map(count -> Map.of("count", count));
    }

    /** A batch after the other, each when the client has room for it; a loop, so that a long list is no deep chain. */
    private static Future<Long> items(Listing listing, boolean digest, Turn turn) {
        var count = Promise.<Long>promise();
        sendBatch(listing, digest, turn, 0, count);
        return count.future();
    }

    private static void sendBatch(Listing listing, boolean digest, Turn turn, long before, Promise<Long> count) {
        listing.next().onFailure(count::tryFail).onSuccess(batch -> {
            if (batch.isEmpty()) {
                count.tryComplete(before);
                return;
            }
            batch.forEach(found -> turn.send(new Reply.Item(ReplyFacts.of(found, digest))));
            turn.ready()
                    .onFailure(count::tryFail)
                    .onSuccess(ready -> sendBatch(listing, digest, turn, before + batch.size(), count));
        });
    }

    Future<Map<String, Object>> stat(Principal who, VirtualPath path) {
        return bus.ask(Storage.STAT, new StorageRequest.Stat(who, path)).map(entry -> {
            var facts = ReplyFacts.of(entry, true);
            facts.put("path", path.toString());
            return facts;
        });
    }

    Future<Map<String, Object>> delete(Principal who, Request.Delete asked) {
        var expected =
                asked.expected().<Precondition>map(Precondition.Version::new).orElseGet(Precondition.Any::new);
        return bus.ask(Storage.DELETE, new StorageRequest.Delete(who, asked.path(), expected, whence()))
                .map(done(asked.path()));
    }

    Future<Map<String, Object>> makeFolder(Principal who, VirtualPath path) {
        return bus.ask(Storage.MAKE_FOLDER, new StorageRequest.MakeFolder(who, path, whence()))
                .map(done(path));
    }

    Future<Map<String, Object>> removeFolder(Principal who, Request.RemoveFolder asked) {
        return bus.ask(
                        Storage.REMOVE_FOLDER,
                        new StorageRequest.RemoveFolder(who, asked.path(), asked.recursive(), whence()))
                .map(done(asked.path()));
    }

    Future<Map<String, Object>> move(Principal who, Request.Move asked) {
        return bus.ask(Storage.MOVE, new StorageRequest.Move(who, asked.from(), asked.to(), asked.expected(), whence()))
                .map(done(asked.to()));
    }

    private Optional<Whence> whence() {
        return Optional.of(new Whence(address, ConsoleDoor.NAME));
    }

    private static Map<String, Object> done(VirtualPath path) {
        return Map.of("path", path.toString());
    }
}
