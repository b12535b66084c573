package dev.wherry.transfer;

import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.config.Config;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.Resumption;
import dev.wherry.storage.Storage;
import dev.wherry.storage.StorageRequest;
import dev.wherry.storage.backend.Backend;
import dev.wherry.storage.backend.DirectPieces;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The engine that every door shares: it begins uploads, downloads and listings, one object for each. An object belongs
 * to the context on which it was begun, and so needs no locks.
 */
public final class Transfers {
    /** 16 MiB, which is about what the room for uploads comes to in the usual heap. */
    static final int MOST_BLOCKS = 256;

    private final Vertx vertx;
    private final Bus bus;
    private final Backend backend;
    private final Config config;
    private final LongSupplier nanoClock;
    private final WorkerExecutor hashing;
    private final Room uploads = Room.ofHeap();
    private final Room downloads = Room.ofHeap();
    private final Room requests = Room.ofHeap();
    private final DirectPieces blocks = new DirectPieces(Gathering.BLOCK_BYTES, MOST_BLOCKS);
    private final AnswerMemory answers = AnswerMemory.ofHeap();

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
        return new Upload(this, order, Optional.empty());
    }

    /** Goes on with an upload that was begun before. Fails with what the gate says, or because nobody knows it. */
    public Future<Resumed> resume(ResumeOrder order) {
        var asked = new StorageRequest.Resume(
                order.who(),
                order.upload(),
                order.size(),
                order.modified(),
                order.to(),
                order.expected(),
                order.promised());
        return bus.ask(Storage.RESUME, asked).map(answer -> switch (answer) {
            case Resumption.Going going ->
                new Resumed.Going(
                        new Upload(this, orderOf(going, order), Optional.of(going)),
                        going.as().path(),
                        going.as().size());
            case Resumption.Finished(var path, var entry) -> new Resumed.Finished(path, entry);
        });
    }

    /**
     * An upload of which nothing is sent yet: {@link #resume} begins it. Fails with what the gate says.
     *
     * @param metadata what its sender wants to be told again, in their own words
     */
    public Future<UploadId> prepare(UploadOrder order, Optional<String> metadata) {
        return bus.ask(Storage.PREPARE, new StorageRequest.Prepare(order.reserve(), metadata));
    }

    private static UploadOrder orderOf(Resumption.Going going, ResumeOrder order) {
        var as = going.as();
        return new UploadOrder(
                order.who(),
                order.address(),
                order.door(),
                as.path(),
                as.size(),
                as.expected(),
                as.parents(),
                as.modified(),
                as.source());
    }

    /** Opens a file to be sent. Fails with what the gate or the backend says. */
    public Future<Download> download(DownloadOrder order) {
        return Download.open(this, order);
    }

    /**
     * Opens a file to be read again. Fails with what the gate or the backend says.
     *
     * @param onRead hears how many bytes have been read, as it goes on
     */
    public Future<Verification> verify(VerifyOrder order, LongConsumer onRead) {
        return Verification.open(this, order, onRead);
    }

    /**
     * Opens a folder to be listed. Fails with what the gate or the backend says, or because too many are open.
     *
     * @param recursive whether everything below it is listed too
     */
    public Future<Listing> list(Principal who, VirtualPath folder, boolean recursive) {
        var memory = memory(who);
        return bus.ask(Storage.LIST, new StorageRequest.ListFolder(who, folder))
                .compose(listable -> {
                    memory.take(Listing.MEMORY);
                    return backend.list(folder)
                            .map(opened -> new Listing(backend, listable, recursive, opened, memory));
                })
                .onFailure(failure -> memory.close());
    }

    /** For an answer that goes on as long as its reader likes. Whoever takes some of it gives it back. */
    public AnswerMemory.Share memory(Principal who) {
        return answers.share(who);
    }

    /** For requests that are not done with, whoever asks. */
    public Room requests() {
        return requests;
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

    /** For what comes. */
    Room uploads() {
        return uploads;
    }

    /** Memory for what comes. */
    DirectPieces blocks() {
        return blocks;
    }

    /** For what goes. */
    Room downloads() {
        return downloads;
    }

    WorkerExecutor hashing() {
        return hashing;
    }

    RateWatch rateWatch() {
        return new RateWatch(
                config.transfers().minimumRate(), config.transfers().minimumRateOver(), now());
    }
}
