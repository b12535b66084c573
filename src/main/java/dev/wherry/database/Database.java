package dev.wherry.database;

import io.vertx.core.Future;
import org.jdbi.v3.core.Handle;

/** The one database. Work runs on its own threads; its future completes on the context of the caller. */
public interface Database {
    /** Reads, beside others who read and the one who writes. */
    <T> Future<T> read(Work<T> work);

    /**
     * Writes, in a transaction with everything else that waits just then, each in a savepoint of its own: work that
     * throws is undone alone. When the future succeeds, what was written survives a power cut.
     */
    <T> Future<T> write(Work<T> work);

    /** Finishes what waits, then closes. */
    Future<Void> close();

    /** Something to do with the database; what it throws fails the future. */
    @FunctionalInterface
    interface Work<T> {
        T with(Handle handle) throws Exception;
    }
}
