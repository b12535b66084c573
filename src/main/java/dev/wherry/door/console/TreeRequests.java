package dev.wherry.door.console;

import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import dev.wherry.storage.Storage;
import dev.wherry.storage.StorageRequest;
import dev.wherry.transfer.Listing;
import dev.wherry.transfer.Transfers;
import io.vertx.core.Future;
import java.util.Map;

/** The requests about what is in the tree, and those that change it without bytes. */
final class TreeRequests {
    private final Bus bus;
    private final Transfers transfers;
    private final Outbound outbound;

    TreeRequests(Bus bus, Transfers transfers, Outbound outbound) {
        this.bus = bus;
        this.transfers = transfers;
        this.outbound = outbound;
    }

    Future<Map<String, Object>> list(Principal who, Request.ListFolder asked) {
        return transfers
                .list(who, asked.path())
                .compose(listing -> items(listing, asked.digest(), 0).onComplete(ignored -> listing.close()))
                .map(count -> Map.of("count", count));
    }

    private Future<Long> items(Listing listing, boolean digest, long before) {
        return listing.next().compose(batch -> {
            if (batch.isEmpty()) {
                return Future.succeededFuture(before);
            }
            batch.forEach(entry -> outbound.send(new Reply.Item(ReplyFacts.of(entry, digest))));
            return outbound.ready().compose(ignored -> items(listing, digest, before + batch.size()));
        });
    }

    Future<Map<String, Object>> stat(Principal who, VirtualPath path) {
        return bus.ask(Storage.STAT, new StorageRequest.Stat(who, path)).map(entry -> {
            var facts = ReplyFacts.of(entry, true);
            facts.put("path", path.toString());
            return facts;
        });
    }

    Future<Map<String, Object>> delete(Principal who, VirtualPath path) {
        return bus.ask(Storage.DELETE, new StorageRequest.Delete(who, path)).map(done(path));
    }

    Future<Map<String, Object>> makeFolder(Principal who, VirtualPath path) {
        return bus.ask(Storage.MAKE_FOLDER, new StorageRequest.MakeFolder(who, path))
                .map(done(path));
    }

    Future<Map<String, Object>> removeFolder(Principal who, Request.RemoveFolder asked) {
        return bus.ask(Storage.REMOVE_FOLDER, new StorageRequest.RemoveFolder(who, asked.path(), asked.recursive()))
                .map(done(asked.path()));
    }

    Future<Map<String, Object>> move(Principal who, Request.Move asked) {
        return bus.ask(Storage.MOVE, new StorageRequest.Move(who, asked.from(), asked.to(), asked.expected()))
                .map(done(asked.to()));
    }

    private static Map<String, Object> done(VirtualPath path) {
        return Map.of("path", path.toString());
    }
}
