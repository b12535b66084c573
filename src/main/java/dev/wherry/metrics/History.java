package dev.wherry.metrics;

import dev.wherry.database.Database;
import dev.wherry.metrics.Metrics.HistoryQuery;
import dev.wherry.path.Sha256;
import dev.wherry.transfer.TransferEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The finished transfers that are kept. Nothing waits for it: a database that is slow or fails costs rows of the
 * history, never a transfer nor its line in the log. Belongs to one event loop.
 */
public final class History {
    public static final int MAX_LIMIT = 10_000;
    /** Rows that may wait for the database: some ten megabytes. */
    static final int MAX_WAITING = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    private final Database database;
    private final Duration keep;
    /** Between two writes, however much there is to write. */
    private final Supplier<Future<?>> pause;
    /** What goes with the next write, and who waits for that; one write is under way at a time. */
    private List<HistoryEntry> gathered = new ArrayList<>();

    private Promise<Void> next = Promise.promise();
    private boolean writing;
    private boolean pausing;
    /** Whether somebody waits for what is gathered. */
    private boolean urgent;

    private int waiting;
    /** When the row that came last is written, and with it all before. */
    private Future<Void> last = Future.succeededFuture();
    /** Rows lost since the history could be written last. */
    private long lost;

    /**
     * @param pause a while after which it may write again: each write is a sync of the disk, which those wait for who
     *     send files
     */
    public History(Database database, Duration keep, Supplier<Future<?>> pause) {
        this.database = database;
        this.keep = keep;
        this.pause = pause;
    }

    /** Never fails: what goes wrong is said in the log once, and once more when it is over. */
    Future<Void> keep(TransferEvent.Finished transfer, Instant now) {
        if (waiting >= MAX_WAITING) {
            lost(Optional.empty());
            return Future.succeededFuture();
        }
        waiting++;
        var entry = entry(transfer, now.truncatedTo(ChronoUnit.MILLIS));
        gathered.add(entry);
        var kept = next.future();
        last = kept;
        write();
        return kept;
    }

    /**
     * Until one write is done and a pause over what comes is gathered: the more there is to keep, the less each costs.
     */
    private void write() {
        if (writing || gathered.isEmpty() || (pausing && !urgent)) {
            return;
        }
        urgent = false;
        var batch = gathered;
        var done = next;
        gathered = new ArrayList<>();
        next = Promise.promise();
        writing = true;
        database.write(handle -> HistoryTable.append(handle, batch)).onComplete(written -> {
            writing = false;
            waiting -= batch.size();
            if (written.succeeded()) {
                recovered();
            } else {
                batch.forEach(entry -> lost(Optional.of(written.cause())));
            }
            rest();
            done.complete();
        });
    }

    private void rest() {
        pausing = true;
        pause.get().onComplete(over -> {
            pausing = false;
            write();
        });
        write();
    }

    /** Done when all that was kept so far is in the database, or is lost; it waits for no pause. */
    Future<Void> flush() {
        urgent = !gathered.isEmpty();
        write();
        return last;
    }

    /** Rows that are not in the database yet. */
    int waiting() {
        return waiting;
    }

    private static HistoryEntry entry(TransferEvent.Finished transfer, Instant finished) {
        var about = transfer.about();
        return new HistoryEntry(
                0,
                about.id(),
                about.direction().name().toLowerCase(Locale.ROOT),
                about.account(),
                about.address(),
                about.door(),
                about.path().toString(),
                about.size(),
                about.offset(),
                transfer.bytes(),
                finished.minus(transfer.took()).truncatedTo(ChronoUnit.MILLIS),
                finished,
                transfer.took(),
                transfer.sha256().map(Sha256::hex),
                transfer.fault().orElse("done"));
    }

    private void lost(Optional<Throwable> cause) {
        lost++;
        if (lost == 1) {
            LOG.error(
                    "finished transfers are missing from the history: {}; transfers go on and are logged",
                    cause.isPresent() ? "the database failed" : "the database does not keep up",
                    cause.orElse(null));
        }
    }

    private void recovered() {
        if (lost > 0) {
            LOG.warn("the history is written again; {} finished transfers are missing from it", lost);
            lost = 0;
        }
    }

    /** Lets go of what is older than it is to be kept; answers how many rows went. */
    Future<Integer> prune(Instant now) {
        return database.write(handle -> HistoryTable.prune(handle, now.minus(keep)))
                .compose(went -> went < HistoryTable.PRUNED_AT_ONCE
                        ? Future.succeededFuture(went)
                        : prune(now).map(more -> went + more));
    }

    /** The newest first; what was kept before it was asked is in it. */
    Future<List<HistoryEntry>> find(HistoryQuery query) {
        int limit = Math.clamp(query.limit(), 0, MAX_LIMIT);
        return flush().compose(written -> database.read(handle -> HistoryTable.newest(handle, query, limit)));
    }

    /** Walks the whole chain; what is wrong with it in a sentence, or empty when every row is as it was written. */
    public Future<Optional<String>> verify() {
        return database.read(HistoryTable::verify);
    }
}
