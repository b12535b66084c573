package dev.wherry.storage;

import dev.wherry.auth.Right;
import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.fault.Fault;
import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.Storage.Done;
import dev.wherry.storage.StorageRequest.ListQuotas;
import dev.wherry.storage.StorageRequest.RemoveQuota;
import dev.wherry.storage.StorageRequest.SetQuota;
import dev.wherry.storage.backend.Backend;
import dev.wherry.storage.backend.Entry;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets, lists and removes quotas, for those who administer their folders, and counts from time to time what is in them:
 * operators change the tree by hand, and a crash may lose what was not written down.
 *
 * <p>Confined to the context of the storage verticle.
 */
final class QuotaAdministration {
    private static final Logger LOG = LoggerFactory.getLogger(QuotaAdministration.class);

    private final Bus bus;
    private final Gate gate;
    private final Backend backend;
    private final Quotas quotas;
    private final QuotaTable table;
    /** Those whose files are counted for the first time: until then they limit nothing, and nobody is shown them. */
    private final Map<VirtualPath, Future<Quota>> beginnings = new HashMap<>();
    /** The counts that were begun, so that one runs at a time. */
    private Future<Void> counting = Future.succeededFuture();

    QuotaAdministration(Bus bus, Gate gate, Backend backend, Quotas quotas, QuotaTable table) {
        this.bus = bus;
        this.gate = gate;
        this.backend = backend;
        this.quotas = quotas;
        this.table = table;
    }

    /** A folder that holds more already may be limited too: then it can only become less. */
    Future<QuotaUse> set(SetQuota asked) {
        var path = asked.path();
        return gate.maySee(asked.who(), Right.ADMINISTER, path)
                .compose(principal -> backend.stat(path)
                        .map(entry -> demandFolder(path, entry))
                        .compose(folder -> counted(path))
                        .compose(quota -> keep(quota, asked.bytes()))
                        .onSuccess(set -> bus.tell(
                                Event.HAPPENED, new QuotaEvent.QuotaSet(path, asked.bytes(), principal.account()))));
    }

    private static Entry demandFolder(VirtualPath path, Entry entry) {
        if (entry.kind() != Kind.FOLDER) {
            throw Fault.NOT_FOLDER
                    .because("a quota is for a folder, and this is none: " + path)
                    .with("path", path.toString());
        }
        return entry;
    }

    /** Of two who set one at once the last one's limit counts. */
    private Future<QuotaUse> keep(Quota counted, long bytes) {
        var quota = quotas.at(counted.path()).orElse(counted);
        quota.allow(bytes);
        quotas.add(quota);
        return table.put(quota).compose(kept -> use(quota));
    }

    /** With what is in it found, before it limits anything. */
    private Future<Quota> counted(VirtualPath path) {
        return Optional.ofNullable(beginnings.get(path))
                .or(() -> quotas.at(path).map(Future::succeededFuture))
                .orElseGet(() -> begin(path));
    }

    /** It is there before its files are counted, so that it hears of those that come and go meanwhile. */
    private Future<Quota> begin(VirtualPath path) {
        var quota = Quota.unlimited(path);
        quotas.add(quota);
        var begun = count(path).map(bytes -> {
            if (quota.foundFirst(bytes)) {
                recount(List.of(quota));
            }
            return quota;
        });
        beginnings.put(path, begun);
        return begun.onComplete(ended -> beginnings.remove(path)).onFailure(uncounted -> quotas.remove(path));
    }

    private Optional<Quota> limited(VirtualPath path) {
        return quotas.at(path).filter(quota -> !beginnings.containsKey(path));
    }

    private Future<Long> count(VirtualPath folder) {
        var sum = new AtomicLong();
        return TreeWalk.of(backend, folder, (file, size) -> sum.addAndGet(size))
                .map(ignored -> sum.get())
                .recover(failure ->
                        Admission.isMissing(failure) ? Future.succeededFuture(0L) : Future.failedFuture(failure));
    }

    private Future<QuotaUse> use(Quota quota) {
        return table.staged(quota.path(), Optional.empty())
                .map(staged -> new QuotaUse(quota.path(), quota.bytes(), quota.used() + staged));
    }

    /** Those that the asker administers. */
    Future<List<QuotaUse>> list(ListQuotas asked) {
        return gate.current(asked.who()).compose(principal -> {
            var found = new ArrayList<QuotaUse>();
            Future<Void> done = Future.succeededFuture();
            for (var quota : quotas.all()) {
                if (limited(quota.path()).isPresent() && principal.may(Right.ADMINISTER, quota.path())) {
                    done = done.compose(ignored -> use(quota)).map(use -> {
                        found.add(use);
                        return null;
                    });
                }
            }
            return done.map(ignored -> List.copyOf(found));
        });
    }

    Future<Done> remove(RemoveQuota asked) {
        var path = asked.path();
        return gate.maySee(asked.who(), Right.ADMINISTER, path).compose(principal -> {
            if (limited(path).isEmpty()) {
                throw Fault.NOT_FOUND
                        .because("there is no quota for " + path + "; QUOTA LIST lists those there are")
                        .with("path", path.toString());
            }
            return table.remove(path)
                    .onSuccess(removed -> {
                        quotas.remove(path);
                        bus.tell(Event.HAPPENED, new QuotaEvent.QuotaRemoved(path, principal.account()));
                    })
                    .map(Done.DONE);
        });
    }

    /** Counts what all of them have. */
    Future<Void> recountAll() {
        return recount(quotas.all());
    }

    /** One after the other, so that counting never crowds out the work of users; never fails. */
    Future<Void> recount(List<Quota> doubtful) {
        for (var quota : doubtful) {
            counting = counting.compose(ignored -> begun(quota)).compose(ignored -> recount(quota));
        }
        return counting;
    }

    /** Done when its files are not counted for the first time any more: of two counts each would mislead the other. */
    private Future<Void> begun(Quota quota) {
        return Optional.ofNullable(beginnings.get(quota.path()))
                .map(begun -> begun.<Void>transform(ended -> Future.succeededFuture()))
                .orElseGet(Future::succeededFuture);
    }

    private Future<Void> recount(Quota quota) {
        quota.beginToCount();
        return count(quota.path())
                .compose(bytes -> {
                    long before = quota.files();
                    if (!quota.found(bytes)) {
                        return Future.succeededFuture();
                    }
                    LOG.info("{} holds {} bytes, and not {} as was thought", quota.path(), bytes, before);
                    return table.used(quota);
                })
                .recover(failure -> {
                    LOG.warn("what {} holds could not be counted; it is tried again later", quota.path(), failure);
                    return Future.succeededFuture();
                });
    }
}
