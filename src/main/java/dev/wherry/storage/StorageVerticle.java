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

    private final Bus bus;
    private final Config config;
    private final Tree tree;
    private final Uploading uploading;
    private final Resuming resuming;
    private final Upkeep upkeep;

    /** @param bootId names this start of the kernel: what it had in memory is lost with it */
    public StorageVerticle(
            Bus bus, Config config, Database database, Backend backend, InstantSource clock, String bootId) {
        this.bus = bus;
        this.config = config;
        var trouble = new DiskTrouble(bus, clock);
        var gate = new Gate(bus, config, trouble);
        var tenure = new Tenure();
        var table = new UploadTable(database, clock, config.uploads().expireAfter(), bootId);
        tree = new Tree(gate, tenure, backend);
        var active = new ActiveUploads(tenure, config.transfers().maxPerUser());
        var admission = new Admission(
                gate, active, backend, new Space(backend, config.files().maxSize(), System::nanoTime));
        long maxUnremembered = config.uploads().maxUnremembered();
        uploading = new Uploading(gate, backend, table, trouble, active, admission, maxUnremembered);
        resuming = new Resuming(bus, gate, backend, table, active, admission);
        upkeep = new Upkeep(backend, table, active::isActive);
    }

    @Override
    public Future<?> start() {
        return config.files().readOnly()
                ? ready()
                : upkeep.recover().compose(ignored -> {
                    vertx.setPeriodic(1, SWEEP_EVERY.toMillis(), timer -> upkeep.sweep());
                    return ready();
                });
    }

    private Future<Void> ready() {
        bus.answer(Storage.STAT, tree::stat);
        bus.answer(Storage.LIST, tree::list);
        bus.answer(Storage.OPEN, tree::open, lease -> tree.close(lease));
        bus.answer(Storage.CLOSE, (Close asked) -> tree.close(asked.lease()));
        bus.answer(Storage.RESERVE, uploading::reserve, uploading::undo);
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
        return Future.succeededFuture();
    }
}
