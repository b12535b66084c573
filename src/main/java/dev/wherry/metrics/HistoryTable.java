package dev.wherry.metrics;

import dev.wherry.metrics.Metrics.HistoryQuery;
import dev.wherry.path.VirtualPath;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The SQL of the history. Every method runs on a thread of the database, in a transaction. */
final class HistoryTable {
    /** So that letting go of old rows never holds up those who write: the rest goes the next time. */
    static final int PRUNED_AT_ONCE = 5_000;

    private static final String INSERT = """
            insert into history (seq, transfer, direction, account, address, door, path, size, resumed_at, bytes,
                started, finished, took_nanos, sha256, outcome, hash)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private HistoryTable() {}

    /** Gives the entries the next places in the chain, whatever {@code seq} they came with; answers the last. */
    static long append(Handle handle, List<HistoryEntry> entries) throws SQLException {
        var ends = ends(handle);
        long seq = ends.headSeq;
        var hash = ends.headHash;
        // By hand, because this is done for every transfer: the library's own binding costs more than the database.
        try (var insert = handle.getConnection().prepareStatement(INSERT)) {
            for (var entry : entries) {
                var placed = at(++seq, entry);
                hash = HistoryChain.hash(hash, placed);
                bind(insert, placed, hash);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        handle.createUpdate("update history_chain set head_seq = :seq, head_hash = :hash where id = 1")
                .bind("seq", seq)
                .bind("hash", hash)
                .execute();
        return seq;
    }

    private static void bind(PreparedStatement insert, HistoryEntry entry, String hash) throws SQLException {
        insert.setLong(1, entry.seq());
        insert.setString(2, entry.transfer());
        insert.setString(3, entry.direction());
        insert.setString(4, entry.account());
        insert.setString(5, entry.address());
        insert.setString(6, entry.door());
        insert.setString(7, entry.path());
        insert.setObject(8, entry.size().isPresent() ? entry.size().getAsLong() : null);
        insert.setLong(9, entry.offset());
        insert.setLong(10, entry.bytes());
        insert.setLong(11, entry.started().toEpochMilli());
        insert.setLong(12, entry.finished().toEpochMilli());
        insert.setLong(13, entry.took().toNanos());
        insert.setString(14, entry.sha256().orElse(null));
        insert.setString(15, entry.outcome());
        insert.setString(16, hash);
    }

    private static HistoryEntry at(long seq, HistoryEntry entry) {
        return new HistoryEntry(
                seq,
                entry.transfer(),
                entry.direction(),
                entry.account(),
                entry.address(),
                entry.door(),
                entry.path(),
                entry.size(),
                entry.offset(),
                entry.bytes(),
                entry.started(),
                entry.finished(),
                entry.took(),
                entry.sha256(),
                entry.outcome());
    }

    /**
     * Lets the oldest rows go, up to the first that is to be kept, {@link #PRUNED_AT_ONCE} at most, and remembers where
     * the chain now begins. Answers how many went.
     */
    static int prune(Handle handle, Instant keepSince) {
        var ends = ends(handle);
        long firstKept = handle.createQuery("select min(seq) from history where finished >= :since")
                .bind("since", keepSince.toEpochMilli())
                .mapTo(Long.class)
                .findFirst()
                .orElse(ends.headSeq + 1);
        long last = Math.min(firstKept - 1, ends.prunedSeq + PRUNED_AT_ONCE);
        var hash = handle.createQuery("select hash from history where seq = :seq")
                .bind("seq", last)
                .mapTo(String.class)
                .findFirst();
        if (last <= ends.prunedSeq || hash.isEmpty()) {
            return 0; // nothing is old enough, or somebody took the row out: then its gap must stay to be seen
        }
        handle.createUpdate("update history_chain set pruned_seq = :seq, pruned_hash = :hash where id = 1")
                .bind("seq", last)
                .bind("hash", hash.get())
                .execute();
        return handle.createUpdate("delete from history where seq <= :seq")
                .bind("seq", last)
                .execute();
    }

    static List<HistoryEntry> newest(Handle handle, HistoryQuery query, int limit) {
        var conditions = new ArrayList<String>();
        var values = new HashMap<String, Object>();
        query.since().ifPresent(since -> {
            conditions.add("finished >= :since");
            values.put("since", since.toEpochMilli());
        });
        query.until().ifPresent(until -> {
            conditions.add("finished < :until");
            values.put("until", until.toEpochMilli());
        });
        query.account().ifPresent(account -> {
            conditions.add("account = :account");
            values.put("account", account);
        });
        query.path().filter(path -> !path.isRoot()).ifPresent(path -> {
            // By its beginning, not by an order, which every database has of its own.
            conditions.add("(path = :path or substr(path, 1, length(:folder)) = :folder)");
            values.put("path", path.toString());
            values.put("folder", path + "/");
        });
        var where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        // Which paths somebody reaches is nothing that SQL knows: then as many are read as it takes.
        var most = query.reach().isPresent() ? "" : " limit " + limit;
        try (var entries = handle
                .createQuery("select * from history" + where + " order by seq desc" + most)
                .bindMap(values)
                .map((row, context) -> entry(row))
                .stream()) {
            return entries.filter(entry -> query.reach()
                            .map(within -> within.test(VirtualPath.parse(entry.path())))
                            .orElse(true))
                    .limit(limit)
                    .toList();
        }
    }

    /** What is wrong with the chain, in a sentence; empty when every row is as it was written. */
    static Optional<String> verify(Handle handle) {
        var ends = ends(handle);
        long seq = ends.prunedSeq;
        var hash = ends.prunedHash;
        try (Stream<Row> rows = handle
                .createQuery("select * from history order by seq")
                .map((row, context) -> new Row(entry(row), row.getString("hash")))
                .stream()) {
            for (Row row : (Iterable<Row>) rows::iterator) {
                seq++;
                if (row.entry.seq() != seq) {
                    return Optional.of("row %d is missing; row %d follows".formatted(seq, row.entry.seq()));
                }
                hash = HistoryChain.hash(hash, row.entry);
                if (!hash.equals(row.hash)) {
                    return Optional.of("row %d is not as it was written".formatted(seq));
                }
            }
        }
        return seq == ends.headSeq && hash.equals(ends.headHash)
                ? Optional.empty()
                : Optional.of("the chain ends at row %d, not at row %d".formatted(seq, ends.headSeq));
    }

    private static Ends ends(Handle handle) {
        return handle.createQuery("select * from history_chain where id = 1")
                .map((row, context) -> new Ends(
                        row.getLong("pruned_seq"),
                        row.getString("pruned_hash"),
                        row.getLong("head_seq"),
                        row.getString("head_hash")))
                .one();
    }

    private static HistoryEntry entry(ResultSet row) throws SQLException {
        long size = row.getLong("size");
        var knownSize = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(size);
        return new HistoryEntry(
                row.getLong("seq"),
                row.getString("transfer"),
                row.getString("direction"),
                row.getString("account"),
                row.getString("address"),
                row.getString("door"),
                row.getString("path"),
                knownSize,
                row.getLong("resumed_at"),
                row.getLong("bytes"),
                Instant.ofEpochMilli(row.getLong("started")),
                Instant.ofEpochMilli(row.getLong("finished")),
                Duration.ofNanos(row.getLong("took_nanos")),
                Optional.ofNullable(row.getString("sha256")),
                row.getString("outcome"));
    }

    private record Ends(long prunedSeq, String prunedHash, long headSeq, String headHash) {}

    private record Row(HistoryEntry entry, String hash) {}
}
