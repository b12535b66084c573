package dev.wherry.storage;

import dev.wherry.bus.Bus;
import dev.wherry.config.Config;
import dev.wherry.database.Database;
import dev.wherry.storage.StorageRequest.Close;
import dev.wherry.storage.backend.Backend;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;

/** Answers for what exists and who may change it. One instance: its context is what makes leases exact. */
public final class StorageVerticle extends VerticleBase {
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(10);
    private static final Duration COUNT_EVERY = Duration.ofHours(6);

    private final Bus bus;
    private final Config config;
    private final Tree tree;
    private final Uploading uploading;
    private final Resuming resuming;
    private final Upkeep upkeep;
    private final Quotas quotas;
    private final QuotaAdministration quotaAdministration;

    /** @param bootId names this start of the kernel: what it had in memory is lost with it */
    public StorageVerticle(
            Bus bus, Config config, Database database, Backend backend, InstantSource clock, String bootId) {
        this.bus = bus;
        this.config = config;
        var trouble = new DiskTrouble(bus, clock);
        var gate = new Gate(bus, config, trouble);
        var tenure = new Tenure();
        var table = new UploadTable(database, clock, config.uploads().expireAfter(), bootId);
        var quotaTable = new QuotaTable(database);
        quotas = new Quotas(quotaTable);
        quotaAdministration = new QuotaAdministration(bus, gate, backend, quotas, quotaTable);
        var watch = new QuotaWatch(quotas, quotaTable, backend, quotaAdministration::recount);
        tree = new Tree(bus, gate, tenure, backend, watch);
        var active = new ActiveUploads(tenure, config.transfers().maxPerUser());
        var admission = new Admission(
                gate, active, backend, new Space(backend, config.files().maxSize(), System::nanoTime), watch);
        long maxUnremembered = config.uploads().maxUnremembered();
        uploading = new Uploading(gate, backend, table, trouble, active, admission, watch, maxUnremembered);
        resuming = new Resuming(bus, gate, backend, table, active, admission);
        upkeep = new Upkeep(backend, table, active::isActive);
    }

    @Override
    public Future<?> start() {
        return config.files().readOnly()
                ? quotas.load().compose(ignored -> ready())
                : upkeep.recover().compose(ignored -> quotas.load()).compose(ignored -> {
                    vertx.setPeriodic(1, SWEEP_EVERY.toMillis(), timer -> upkeep.sweep());
                    vertx.setPeriodic(1, COUNT_EVERY.toMillis(), timer -> quotaAdministration.recountAll());
                    return ready();
                });
    }

    private Future<Void> ready() {
        bus.answer(Storage.STAT, tree::stat);
        bus.answer(Storage.LIST, tree::list);
        bus.answer(Storage.OPEN, tree::open, lease -> tree.close(lease));
        bus.answer(Storage.CLOSE, (Close asked) -> tree.close(asked.lease()));
        bus.answer(Storage.RESERVE, uploading::reserve, uploading::undo);
        bus.answer(Storage.PREPARE, uploading::prepare);
        bus.answer(Storage.FIND_UPLOAD, resuming::find);
        bus.answer(Storage.PROGRESS, uploading::progress);
        bus.answer(Storage.COMMIT, uploading::commit);
        bus.answer(Storage.RELEASE, uploading::release);
        bus.answer(Storage.RESUME, resuming::resume, resuming::undo);
        bus.answer(Storage.UPLOADS, resuming::list);
        bus.answer(Storage.CANCEL, resuming::cancel);
        bus.answer(Storage.DELETE, tree::delete);
        bus.answer(Storage.MAKE_FOLDER, tree::makeFolder);
        bus.answer(Storage.REMOVE_FOLDER, tree::removeFolder);
        bus.answer(Storage.MOVE, tree::move);
        bus.answer(Storage.SET_QUOTA, quotaAdministration::set);
        bus.answer(Storage.LIST_QUOTAS, quotaAdministration::list);
        bus.answer(Storage.REMOVE_QUOTA, quotaAdministration::remove);
        return Future.succeededFuture();
    }
}
