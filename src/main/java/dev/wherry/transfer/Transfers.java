package dev.wherry.transfer;

import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.config.Config;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.Storage;
import dev.wherry.storage.StorageRequest;
import dev.wherry.storage.backend.Backend;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.function.LongSupplier;

/**
 * The engine that every door shares: it begins uploads, downloads and listings, one object for each. An object belongs
 * to the context on which it was begun, and so needs no locks.
 */
public final class Transfers {
    private final Vertx vertx;
    private final Bus bus;
    private final Backend backend;
    private final Config config;
    private final LongSupplier nanoClock;
    private final WorkerExecutor hashing;

    /** @param nanoClock nanoseconds that only go forward, from any origin */
    public Transfers(Vertx vertx, Bus bus, Backend backend, Config config, LongSupplier nanoClock) {
        this.vertx = vertx;
        this.bus = bus;
        this.backend = backend;
        this.config = config;
        this.nanoClock = nanoClock;
        this.hashing =
                vertx.createSharedWorkerExecutor("hash", Runtime.getRuntime().availableProcessors());
    }

    /** An upload that has not begun: bytes may be given to it at once, {@link Upload#begin} opens its way. */
    public Upload upload(UploadOrder order) {
        return new Upload(this, order);
    }

    /** Opens a file to be sent. Fails with what the gate or the backend says. */
    public Future<Download> download(DownloadOrder order) {
        return Download.open(this, order);
    }

    /**
     * Opens a folder to be listed.
     *
     * @param recursive whether everything below it is listed too
     */
    public Future<Listing> list(Principal who, VirtualPath folder, boolean recursive) {
        return bus.ask(Storage.LIST, new StorageRequest.ListFolder(who, folder))
                .compose(listable ->
                        backend.list(folder).map(opened -> new Listing(backend, listable, recursive, opened)));
    }

    void tell(TransferEvent event) {
        bus.tell(Event.HAPPENED, event);
    }

    Vertx vertx() {
        return vertx;
    }

    Bus bus() {
        return bus;
    }

    Backend backend() {
        return backend;
    }

    Config config() {
        return config;
    }

    long now() {
        return nanoClock.getAsLong();
    }

    WorkerExecutor hashing() {
        return hashing;
    }

    /** @param lump bytes that may pass at once */
    RateWatch rateWatch(long lump) {
        return new RateWatch(
                config.transfers().minimumRate(), config.transfers().minimumRateOver(), lump, now());
    }
}
