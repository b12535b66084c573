package dev.wherry.storage;

import dev.wherry.database.Database;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Precondition;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The uploads that outlive a connection and a restart. Writes happen in the order of the calls. */
final class UploadTable {
    /** Where an upload stands. */
    enum State {
        /** Somebody is sending it. */
        ACTIVE,
        /** Nobody is; it can be resumed. */
        PAUSED,
        /** The disk failed under it; only what was durable before may be believed. */
        SUSPECT,
        /** It is sealed, and is being given its name: never truncated, never resumed. */
        PUBLISHING,
        /** It has its name; kept so that a client that lost the answer can learn the outcome. */
        DONE;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** What a recovery needs to know of an upload whose publishing was interrupted. */
    record Intent(UploadId upload, VirtualPath path, Precondition expected) {}

    /** More than this of one account is not for one list. */
    private static final int MOST_LISTED = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(UploadTable.class);

    private final Database database;
    private final InstantSource clock;
    private final Duration keep;
    private final String bootId;

    /** @param keep how long an upload that nobody continues is kept */
    UploadTable(Database database, InstantSource clock, Duration keep, String bootId) {
        this.database = database;
        this.clock = clock;
        this.keep = keep;
        this.bootId = bootId;
    }

    /** @param metadata in its sender's own words */
    Future<Void> insert(UploadId upload, StorageRequest.Reserve asked, Optional<String> metadata) {
        var now = clock.instant();
        return write(handle -> handle.createUpdate("""
                        INSERT INTO uploads (id, account, path, size, expected, parents, modified, source,
                                             metadata, state, durable, boot_id, created_at, expires_at)
                        VALUES (:id, :account, :path, :size, :expected, :parents, :modified, :source,
                                :metadata, 'active', 0, :boot, :now, :expires)
                        """)
                .bind("id", upload.value())
                .bind("account", asked.who().account())
                .bind("path", asked.path().toString())
                .bind("size", size(asked))
                .bind("expected", asked.expected().word())
                .bind("parents", asked.parents())
                .bind("modified", asked.modified().map(Instant::toString).orElse(null))
                .bind("source", asked.source().orElse(null))
                .bind("metadata", metadata.orElse(null))
                .bind("boot", bootId)
                .bind("now", now.toEpochMilli())
                .bind("expires", expiry(now))
                .execute());
    }

    private static @Nullable Long size(StorageRequest.Reserve asked) {
        return asked.size().isPresent() ? asked.size().getAsLong() : null;
    }

    Future<Void> durable(UploadId upload, long offset) {
        var expires = expiry(clock.instant());
        return write(handle -> handle.execute(
                "UPDATE uploads SET durable = ?, expires_at = ? WHERE id = ?", offset, expires, upload.value()));
    }

    /** Nobody is sending it any more. */
    Future<Void> keep(UploadId upload, long durable, State state) {
        var expires = expiry(clock.instant());
        return write(handle -> handle.execute(
                "UPDATE uploads SET state = ?, durable = ?, expires_at = ? WHERE id = ?",
                state.word(),
                durable,
                expires,
                upload.value()));
    }

    /**
     * Says, before the name changes, what is about to be published: the point from which a crash goes forward.
     *
     * @param there what is under the name now, which alone a later start may replace
     */
    Future<Void> intend(UploadId upload, long size, Sha256 sha256, Precondition there) {
        return write(handle -> handle.execute(
                "UPDATE uploads SET state = 'publishing', durable = ?, sha256 = ?, expected = ? WHERE id = ?",
                size,
                sha256.hex(),
                there.word(),
                upload.value()));
    }

    /**
     * It did not get its name: whole as it is, it is its sender's again.
     *
     * @param expected what its sender said may be there
     */
    Future<Void> takeBack(UploadId upload, long size, Precondition expected) {
        var expires = expiry(clock.instant());
        return write(handle -> handle.execute(
                "UPDATE uploads SET state = 'paused', durable = ?, expected = ?, expires_at = ? WHERE id = ?",
                size,
                expected.word(),
                expires,
                upload.value()));
    }

    Future<Void> state(UploadId upload, State state) {
        var expires = expiry(clock.instant());
        return write(handle -> handle.execute(
                "UPDATE uploads SET state = ?, expires_at = ? WHERE id = ?", state.word(), expires, upload.value()));
    }

    Future<Void> forget(UploadId upload) {
        return write(handle -> handle.execute("DELETE FROM uploads WHERE id = ?", upload.value()));
    }

    /** What was about to be published when the server stopped. */
    Future<List<Intent>> interrupted() {
        return database.read(handle -> handle.createQuery(
                                "SELECT id, path, expected FROM uploads WHERE state = 'publishing'")
                        .map((row, context) -> readable(row, UploadTable::intent))
                        .list())
                .map(UploadTable::present);
    }

    private static <T> List<T> present(List<Optional<T>> rows) {
        return rows.stream().flatMap(Optional::stream).toList();
    }

    private static Intent intent(ResultSet row) throws SQLException {
        return new Intent(
                new UploadId(row.getString("id")),
                VirtualPath.parse(row.getString("path")),
                Precondition.parse(row.getString("expected")));
    }

    private static UploadId id(ResultSet row) throws SQLException {
        return new UploadId(row.getString("id"));
    }

    /** A row that cannot be read, because somebody changed it, holds up no other: it is left as it is. */
    private static <T> Optional<T> readable(ResultSet row, Reading<T> reading) throws SQLException {
        try {
            return Optional.of(reading.of(row));
        } catch (FaultException unreadable) {
            LOG.warn("the row of upload {} cannot be read and is passed over", row.getString("id"), unreadable);
            return Optional.empty();
        }
    }

    /** After a start nobody is sending anything. */
    Future<Void> pauseAll() {
        return write(handle -> handle.execute("UPDATE uploads SET state = 'paused' WHERE state = 'active'"));
    }

    /** The uploads that nobody continued in time, and the finished ones that need not be remembered any longer. */
    Future<List<UploadId>> expired() {
        var now = clock.millis();
        return database.read(handle -> handle.createQuery("SELECT id FROM uploads"
                                + " WHERE expires_at < :now AND state IN ('paused', 'suspect', 'done')")
                        .bind("now", now)
                        .map((row, context) -> readable(row, UploadTable::id))
                        .list())
                .map(UploadTable::present);
    }

    /** The path at which an upload of this account was published, or is, for all that its row says. */
    Future<Optional<VirtualPath>> published(UploadId upload, String account) {
        return database.read(handle -> handle.createQuery(
                                "SELECT id, path FROM uploads WHERE id = :id AND account = :account"
                                        + " AND state IN ('publishing', 'done')")
                        .bind("id", upload.value())
                        .bind("account", account)
                        .map((row, context) -> readable(row, found -> VirtualPath.parse(found.getString("path"))))
                        .findOne())
                .map(row -> row.flatMap(path -> path));
    }

    /** An upload of this account that has not expired. */
    Future<Optional<KeptUpload>> find(UploadId upload, String account) {
        return database.read(handle -> handle.createQuery(
                                "SELECT * FROM uploads WHERE id = :id AND account = :account AND expires_at >= :now")
                        .bind("id", upload.value())
                        .bind("account", account)
                        .bind("now", clock.millis())
                        .map((row, context) -> readable(row, this::kept))
                        .findOne())
                .map(row -> row.flatMap(kept -> kept));
    }

    /** How many unfinished uploads this account has. */
    Future<Integer> waiting(String account) {
        return database.read(handle -> handle.createQuery(
                        "SELECT COUNT(*) FROM uploads WHERE account = :account AND state <> 'done'")
                .bind("account", account)
                .mapTo(Integer.class)
                .one());
    }

    /** The unfinished uploads of this account, the newest first. */
    Future<List<KeptUpload>> unfinished(String account) {
        return database.read(handle -> handle.createQuery(
                                "SELECT * FROM uploads WHERE account = :account AND expires_at >= :now"
                                        + " AND state <> 'done' ORDER BY created_at DESC LIMIT " + MOST_LISTED)
                        .bind("account", account)
                        .bind("now", clock.millis())
                        .map((row, context) -> readable(row, this::kept))
                        .list())
                .map(UploadTable::present);
    }

    private KeptUpload kept(ResultSet row) throws SQLException {
        long size = row.getLong("size");
        var knownSize = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(size);
        return new KeptUpload(
                new UploadId(row.getString("id")),
                VirtualPath.parse(row.getString("path")),
                knownSize,
                Precondition.parse(row.getString("expected")),
                row.getBoolean("parents"),
                Optional.ofNullable(row.getString("modified")).map(Instant::parse),
                Optional.ofNullable(row.getString("source")),
                Optional.ofNullable(row.getString("metadata")),
                State.of(row.getString("state")),
                row.getLong("durable"),
                Optional.ofNullable(row.getString("sha256")).map(Sha256::new),
                Optional.ofNullable(row.getString("promised")).map(Sha256::new),
                row.getString("boot_id").equals(bootId),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")));
    }

    /** Somebody sends it again: what is in its part file now was written under this start of the kernel, or is safe. */
    Future<Void> resumed(UploadId upload, StorageRequest.Reserve asked, Optional<Sha256> promised) {
        var expires = expiry(clock.instant());
        return write(handle -> handle.execute(
                "UPDATE uploads SET state = 'active', size = ?, path = ?, expected = ?, promised = ?, boot_id = ?,"
                        + " expires_at = ? WHERE id = ?",
                size(asked),
                asked.path().toString(),
                asked.expected().word(),
                promised.map(Sha256::hex).orElse(null),
                bootId,
                expires,
                upload.value()));
    }

    Future<Boolean> knows(UploadId upload) {
        return database.read(handle -> handle.createQuery("SELECT state FROM uploads WHERE id = :id")
                        .bind("id", upload.value())
                        .mapTo(String.class)
                        .findOne())
                .map(Optional::isPresent);
    }

    private long expiry(Instant now) {
        return now.plus(keep).toEpochMilli();
    }

    private Future<Void> write(Change change) {
        return database.write(handle -> {
                    change.apply(handle);
                    return true;
                })
                .mapEmpty();
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    @FunctionalInterface
    private interface Change {
        int apply(Handle handle);
    }
}
