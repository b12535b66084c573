package dev.wherry.storage;

import dev.wherry.path.VirtualPath;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The quotas there are. A file counts against every one at or above its name. Whoever changes what files have says how
 * much before, so that of two who come at once only so many are let through as there is room for.
 *
 * <p>Confined to the context of the storage verticle.
 */
final class Quotas {
    private static final Logger LOG = LoggerFactory.getLogger(Quotas.class);

    private final QuotaTable table;
    private final TreeMap<VirtualPath, Quota> all = new TreeMap<>();

    Quotas(QuotaTable table) {
        this.table = table;
    }

    Future<Void> load() {
        return table.all().onSuccess(found -> found.forEach(this::add)).mapEmpty();
    }

    void add(Quota quota) {
        all.put(quota.path(), quota);
    }

    void remove(VirtualPath path) {
        all.remove(path);
    }

    Optional<Quota> at(VirtualPath path) {
        return Optional.ofNullable(all.get(path));
    }

    /** By path; a copy. */
    List<Quota> all() {
        return List.copyOf(all.values());
    }

    /** Those that a file of this name counts against. */
    List<Quota> over(VirtualPath path) {
        if (all.isEmpty()) {
            return List.of();
        }
        return Stream.concat(
                        Stream.iterate(path, name -> !name.isRoot(), VirtualPath::parent), Stream.of(VirtualPath.ROOT))
                .flatMap(name -> at(name).stream())
                .toList();
    }

    /** Those of this folder and of what is below it. */
    List<Quota> within(VirtualPath folder) {
        return all.tailMap(folder, true).values().stream()
                .takeWhile(quota -> quota.path().isWithin(folder))
                .toList();
    }

    /** Whether any quota has to do with what is at or below this name. */
    boolean concern(VirtualPath path) {
        return !over(path).isEmpty() || !within(path).isEmpty();
    }

    /**
     * Changes what files have: {@code over-quota} before anything happens when it would be too much.
     *
     * @param changes in bytes, for each quota that they count against
     */
    <T> Future<T> during(Map<Quota, Long> changes, Supplier<Future<T>> operation) {
        changes.forEach((quota, more) -> quota.demandRoom(more, 0));
        changes.forEach(Quota::hold);
        return Future.succeededFuture()
                .compose(ignored -> operation.get())
                .onComplete(ignored -> changes.forEach(Quota::letGo))
                .onSuccess(done -> changes.forEach(this::change));
    }

    /** Nobody waits for it to be written down: what a crash loses of it is found when the files are counted again. */
    private void change(Quota quota, long more) {
        if (more != 0) {
            quota.change(more);
            table.used(quota)
                    .onFailure(failure -> LOG.warn("what {} holds could not be written down", quota.path(), failure));
        }
    }

    /** The same change for all of these. */
    static Map<Quota, Long> each(Collection<Quota> quotas, long more) {
        var changes = new HashMap<Quota, Long>();
        quotas.forEach(quota -> changes.put(quota, more));
        return changes;
    }
}
