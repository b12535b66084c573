package dev.wherry.storage;

import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.Backend;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Holds every change of the tree to the quotas that it concerns: what files came to have, gave back, or carried over.
 * Where there is no quota it costs nothing. Its callers hold the lease on the names.
 *
 * <p>Confined to the context of the storage verticle.
 */
final class QuotaWatch {
    private final Quotas quotas;
    private final QuotaTable table;
    private final Backend backend;
    private final Consumer<List<Quota>> recount;

    /** @param recount counts again what is not known any more, in the background */
    QuotaWatch(Quotas quotas, QuotaTable table, Backend backend, Consumer<List<Quota>> recount) {
        this.quotas = quotas;
        this.table = table;
        this.backend = backend;
        this.recount = recount;
    }

    /**
     * Refuses an upload for which there is no room beside the files and what has come of other uploads.
     *
     * @param size of the whole, in bytes, or as much of it as is known to come
     */
    Future<Void> demandRoom(UploadId upload, VirtualPath path, long size) {
        var over = quotas.over(path);
        if (over.isEmpty()) {
            return Future.succeededFuture();
        }
        return sizeOf(path).compose(replaced -> {
            Future<Void> checked = Future.succeededFuture();
            for (var quota : over) {
                checked = checked.compose(ignored -> table.staged(quota.path(), Optional.of(upload)))
                        .map(staged -> {
                            quota.demandRoom(size - replaced, staged);
                            return null;
                        });
            }
            return checked;
        });
    }

    /** Publishes a file, if it fits: only files count here, so that of two uploads the one that is whole first fits. */
    <T> Future<T> publishing(VirtualPath path, long size, Supplier<Future<T>> publish) {
        var over = quotas.over(path);
        return noticing(
                List.of(path),
                over.isEmpty()
                        ? publish.get()
                        : sizeOf(path).compose(replaced -> quotas.during(Quotas.each(over, size - replaced), publish)));
    }

    /** A quota that came while this ran was counted with it or without it, nobody knows: it is counted again. */
    private <T> Future<T> noticing(List<VirtualPath> paths, Future<T> change) {
        var known = Set.copyOf(quotas.all());
        return change.onComplete(ended -> {
            var late = quotas.all().stream()
                    .filter(quota -> !known.contains(quota))
                    .filter(quota -> paths.stream()
                            .anyMatch(path ->
                                    path.isWithin(quota.path()) || quota.path().isWithin(path)))
                    .toList();
            if (!late.isEmpty()) {
                recount.accept(late);
            }
        });
    }

    /** What a file of this name has; nothing where there is none. */
    private Future<Long> sizeOf(VirtualPath path) {
        return backend.stat(path)
                .map(entry -> entry.kind() == Kind.FILE ? entry.size() : 0L)
                .recover(failure ->
                        Admission.isMissing(failure) ? Future.succeededFuture(0L) : Future.failedFuture(failure));
    }

    /** Removes a file or a folder, which gives back what it had. */
    <T> Future<T> removing(VirtualPath path, Supplier<Future<T>> removal) {
        return noticing(List.of(path), quotas.concern(path) ? measuring(path, removal) : removal.get());
    }

    private <T> Future<T> measuring(VirtualPath path, Supplier<Future<T>> removal) {
        var changes = new HashMap<Quota, Long>();
        return TreeWalk.of(
                        backend,
                        path,
                        (file, size) -> quotas.over(file).forEach(quota -> changes.merge(quota, -size, Long::sum)))
                // What could not be measured can be removed all the same, and is counted later.
                .transform(measured -> measured.succeeded()
                        ? quotas.during(changes, removal)
                                .onFailure(halfWay -> recount.accept(List.copyOf(changes.keySet())))
                        : removal.get().onSuccess(removed -> recount.accept(quotas.over(path))));
    }

    /** Gives another name, under which it may count against others: {@code over-quota} before anything is moved. */
    <T> Future<T> moving(VirtualPath from, VirtualPath to, Supplier<Future<T>> move) {
        boolean same = new HashSet<>(quotas.over(from)).equals(new HashSet<>(quotas.over(to)))
                && quotas.within(from).isEmpty()
                && quotas.within(to).isEmpty();
        return noticing(List.of(from, to), same ? replacing(to, move) : carrying(from, to, move));
    }

    private <T> Future<T> carrying(VirtualPath from, VirtualPath to, Supplier<Future<T>> move) {
        var changes = new HashMap<Quota, Long>();
        return TreeWalk.of(backend, from, (file, size) -> carry(file, moved(file, from, to), size, changes))
                .recover(failure ->
                        Admission.isMissing(failure) ? Future.succeededFuture() : Future.failedFuture(failure))
                .compose(measured -> sizeOf(to))
                .compose(replaced -> {
                    quotas.over(to).forEach(quota -> changes.merge(quota, -replaced, Long::sum));
                    return quotas.during(changes, move);
                });
    }

    /** Within the same quotas a move changes only what it replaces. */
    private <T> Future<T> replacing(VirtualPath to, Supplier<Future<T>> move) {
        var over = quotas.over(to);
        return over.isEmpty()
                ? move.get()
                : sizeOf(to).compose(replaced -> quotas.during(Quotas.each(over, -replaced), move));
    }

    private void carry(VirtualPath before, VirtualPath after, long size, Map<Quota, Long> changes) {
        quotas.over(before).forEach(quota -> changes.merge(quota, -size, Long::sum));
        quotas.over(after).forEach(quota -> changes.merge(quota, size, Long::sum));
    }

    private static VirtualPath moved(VirtualPath file, VirtualPath from, VirtualPath to) {
        var path = to;
        for (var name :
                file.segments().subList(from.segments().size(), file.segments().size())) {
            path = path.child(name);
        }
        return path;
    }
}
