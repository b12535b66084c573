package dev.wherry.door.http;

import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.Storage;
import dev.wherry.storage.StorageRequest;
import dev.wherry.storage.backend.Entry;
import dev.wherry.transfer.Batches;
import dev.wherry.transfer.Listing;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What goes into a zip, found a few entries at a time: some entries of a folder, or all, with everything below. One
 * call at a time.
 */
final class ZipContents {
    private final HttpDoor door;
    private final Call call;
    /** What is still to be looked at, the next first. */
    private final Deque<Step> steps = new ArrayDeque<>();

    /** Of the first step, once it is looked at. */
    private Optional<Listing> listing = Optional.empty();

    /** @param names of entries of the folder; all of them when there are none */
    ZipContents(HttpDoor door, Call call, VirtualPath folder, List<String> names) {
        this.door = door;
        this.call = call;
        if (names.isEmpty()) {
            steps.add(new Step.Below(folder, ""));
        }
        names.forEach(name -> steps.add(new Step.Named(folder.child(name))));
    }

    /** @param name in the zip: made of its path, never taken from a disk */
    record Item(String name, VirtualPath path, Entry entry) {
        boolean isFolder() {
            return entry.kind() == Kind.FOLDER;
        }
    }

    private sealed interface Step {
        record Named(VirtualPath path) implements Step {}

        /** @param before what the names of all below it begin with */
        record Below(VirtualPath folder, String before) implements Step {}
    }

    /** Some more; none at the end. Fails when a folder cannot be looked into: who unpacks it takes it for the whole. */
    Future<List<Item>> next() {
        return Batches.first(this::look, steps::isEmpty);
    }

    private Future<List<Item>> look() {
        return switch (steps.getFirst()) {
            case Step.Named(var path) -> named(path);
            case Step.Below below when listing.isPresent() -> below(below, listing.get());
            case Step.Below below ->
                door.transfers().list(call.who(), below.folder(), true).map(opened -> {
                    listing = Optional.of(opened);
                    return List.of();
                });
        };
    }

    private Future<List<Item>> named(VirtualPath path) {
        return door.bus()
                .ask(Storage.STAT, new StorageRequest.Stat(call.who(), path))
                .map(entry -> {
                    var item = new Item(path.name(), path, entry);
                    steps.pop();
                    if (item.isFolder()) {
                        steps.push(new Step.Below(path, path.name() + "/"));
                    }
                    return List.of(item);
                });
    }

    private Future<List<Item>> below(Step.Below step, Listing opened) {
        return opened.next().compose(batch -> {
            if (batch.isEmpty()) {
                close();
                steps.pop();
                return Future.succeededFuture(List.of());
            }
            var unread =
                    batch.stream().flatMap(found -> found.unread().stream()).findFirst();
            if (unread.isPresent()) {
                return Future.failedFuture(unread.get());
            }
            return Future.succeededFuture(batch.stream()
                    .filter(found -> found.entry().kind() != Kind.REFUSED)
                    .map(found ->
                            new Item(step.before() + found.path(), at(step.folder(), found.path()), found.entry()))
                    .toList());
        });
    }

    private static VirtualPath at(VirtualPath top, String below) {
        var path = top;
        for (var name : List.of(below.split("/", -1))) {
            path = path.child(name);
        }
        return path;
    }

    /** Lets go of what is open. Can be called twice. */
    void close() {
        listing.ifPresent(Listing::close);
        listing = Optional.empty();
    }
}
