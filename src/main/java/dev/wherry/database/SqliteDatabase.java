package dev.wherry.database;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * {@link Database} in one SQLite file: one thread writes, a few read beside it.
 *
 * <p>What waits is not bounded here: whoever asks waits for the answer before asking more, so the bounds on connections
 * and requests are bounds on this too.
 */
public final class SqliteDatabase implements Database {
    private static final int READERS = 4;

    private final Vertx vertx;
    private final Handle writing;
    private final GroupWriter group;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("database-writer").factory());
    /** As many as threads that read, so that taking one never waits. */
    private final BlockingQueue<Handle> idle;

    private final ExecutorService readers = Executors.newFixedThreadPool(
            READERS, Thread.ofPlatform().daemon().name("database-reader-", 0).factory());
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Promise<Void> closed = Promise.promise();

    private SqliteDatabase(Vertx vertx, Handle writing, List<Handle> reading) {
        this.vertx = vertx;
        this.writing = writing;
        group = new GroupWriter(writing);
        idle = new LinkedBlockingQueue<>(reading);
    }

    /**
     * Opens the file, checks it, brings its schema up to date. Blocks: it is called before anything else runs.
     *
     * @throws FaultException {@link Fault#UNAVAILABLE} when it is damaged, made by a newer version, or readable by
     *     others than its owner; the sentence says what to do
     */
    public static SqliteDatabase open(Vertx vertx, Path file) {
        return open(vertx, file, Migrations.USUAL);
    }

    static SqliteDatabase open(Vertx vertx, Path path, String migrations) {
        var file = SqliteFile.open(path, new Migrations(migrations));
        // The writer first: who can only read cannot make the files beside the database that it needs.
        return new SqliteDatabase(
                vertx,
                file.writer(),
                Stream.generate(file::reader).limit(READERS).toList());
    }

    /** Does one piece of work in one transaction, for a command that runs while no server does. Blocks. */
    public static <T> T once(Path path, Work<T> work) throws Exception {
        try (var handle =
                SqliteFile.open(path, new Migrations(Migrations.USUAL)).writer()) {
            return handle.inTransaction(work::with);
        }
    }

    @Override
    public <T> Future<T> read(Work<T> work) {
        var job = new Job<>(work, vertx.getOrCreateContext());
        try {
            readers.execute(() -> read(job));
            return job.future();
        } catch (RejectedExecutionException closedMeanwhile) {
            return isClosed();
        }
    }

    /** In a transaction, so that work of several queries sees one state of the database. */
    private void read(Job<?> job) {
        Runnable outcome;
        try {
            var handle = idle.take();
            try {
                outcome = handle.inTransaction(job::attempt);
            } finally {
                idle.add(handle);
            }
        } catch (InterruptedException | RuntimeException failure) {
            outcome = () -> job.fail(Fault.DISK_FAILED.because("the database could not be read", failure));
        }
        outcome.run();
    }

    @Override
    public <T> Future<T> write(Work<T> work) {
        var job = new Job<>(work, vertx.getOrCreateContext());
        group.add(job);
        try {
            writer.execute(group::commitWhatWaits);
        } catch (RejectedExecutionException closedMeanwhile) {
            if (group.remove(job)) {
                return isClosed();
            }
        }
        return job.future();
    }

    private static <T> Future<T> isClosed() {
        return Future.failedFuture(Fault.UNAVAILABLE.because("the server is stopping: its database is closed"));
    }

    @Override
    public Future<Void> close() {
        if (closing.compareAndSet(false, true)) {
            var context = vertx.getOrCreateContext();
            writer.execute(() -> {
                closeAll();
                context.runOnContext(ignored -> closed.complete());
            });
            writer.shutdown();
        }
        return closed.future();
    }

    /** The writer last: whoever closes the file last moves its log into it, and the readers cannot write. */
    private void closeAll() {
        readers.shutdown();
        try {
            readers.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
        idle.forEach(Handle::close);
        writing.close();
    }
}
