package dev.wherry.database;

import dev.wherry.fault.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes everything that waits, does it in one transaction, and tells nobody before that is committed: a commit waits
 * for the disk, and so all of them wait for it once. One thread calls {@link #commitWhatWaits}.
 */
final class GroupWriter {
    private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);

    private final Handle handle;
    /** Not bounded: whoever asks waits for its answer, so there are never more jobs than running requests. */
    private final BlockingQueue<Job<?>> waiting = new LinkedBlockingQueue<>();

    GroupWriter(Handle handle) {
        this.handle = handle;
    }

    void add(Job<?> job) {
        waiting.add(job);
    }

    /** Takes a job back; whether nobody had begun it. */
    boolean remove(Job<?> job) {
        return waiting.remove(job);
    }

    void commitWhatWaits() {
        var group = new ArrayList<Job<?>>();
        waiting.drainTo(group);
        if (!group.isEmpty()) {
            commit(group);
        }
    }

    private void commit(List<Job<?>> group) {
        var outcomes = new ArrayList<Runnable>(group.size());
        var connection = handle.getConnection();
        try {
            connection.setAutoCommit(false);
            for (var job : group) {
                outcomes.add(inSavepoint(connection, job));
            }
            connection.setAutoCommit(true);
        } catch (SQLException | RuntimeException | Error failure) {
            rollBack(connection, failure);
            LOG.error("{} writes were undone, because their transaction failed", group.size(), failure);
            var fault =
                    Fault.DISK_FAILED.because("the database could not be written; the server's log says why", failure);
            group.forEach(job -> job.fail(fault));
            return;
        }
        outcomes.forEach(Runnable::run);
    }

    /** A full disk makes SQLite undo the whole transaction; then there is no savepoint, and all of the group fail. */
    private Runnable inSavepoint(Connection connection, Job<?> job) throws SQLException {
        var savepoint = connection.setSavepoint();
        var outcome = job.attempt(handle);
        if (outcome instanceof Job.Failed) {
            connection.rollback(savepoint);
        }
        connection.releaseSavepoint(savepoint);
        return outcome;
    }

    /** Undoes what there is to undo: SQLite may have done so itself, and then each step fails without harm. */
    private static void rollBack(Connection connection, Throwable because) {
        try (var statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException failure) {
            because.addSuppressed(failure);
        }
        try {
            connection.setAutoCommit(true);
        } catch (SQLException failure) {
            because.addSuppressed(failure);
        }
    }
}
