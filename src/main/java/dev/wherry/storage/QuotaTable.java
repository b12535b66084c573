package dev.wherry.storage;

import dev.wherry.database.Database;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * The quotas as they outlive a restart, and what unfinished uploads have sent. Writes happen in the order of the calls.
 */
final class QuotaTable {
    private final Database database;

    QuotaTable(Database database) {
        this.database = database;
    }

    Future<List<Quota>> all() {
        return database.read(handle -> handle.createQuery("SELECT path, bytes, used FROM quota")
                .map((row, context) ->
                        new Quota(VirtualPath.parse(row.getString("path")), row.getLong("bytes"), row.getLong("used")))
                .list());
    }

    /** Remembers it as it is now. */
    Future<Void> put(Quota quota) {
        var path = quota.path().toString();
        long bytes = quota.bytes();
        long used = quota.files();
        return database.write(handle -> handle.execute(
                        "INSERT INTO quota (path, bytes, used) VALUES (?, ?, ?)"
                                + " ON CONFLICT (path) DO UPDATE SET bytes = excluded.bytes, used = excluded.used",
                        path,
                        bytes,
                        used))
                .mapEmpty();
    }

    /** Remembers what its files have; nothing where it was removed meanwhile. */
    Future<Void> used(Quota quota) {
        var path = quota.path().toString();
        long used = quota.files();
        return database.write(handle -> handle.execute("UPDATE quota SET used = ? WHERE path = ?", used, path))
                .mapEmpty();
    }

    Future<Void> remove(VirtualPath path) {
        return database.write(handle -> handle.execute("DELETE FROM quota WHERE path = ?", path.toString()))
                .mapEmpty();
    }

    /**
     * The bytes that have come of unfinished uploads to a folder, as far as they are durable. Small uploads are not
     * remembered, and so not counted, before they are files.
     *
     * @param beside an upload that is left out
     */
    Future<Long> staged(VirtualPath folder, Optional<UploadId> beside) {
        return database.read(handle -> handle.createQuery("SELECT COALESCE(SUM(durable), 0) FROM uploads"
                        + " WHERE state IN ('active', 'paused', 'suspect') AND id <> :beside"
                        + " AND (path = :path OR substr(path, 1, length(:folder)) = :folder)")
                .bind("beside", beside.map(UploadId::value).orElse(""))
                .bind("path", folder.toString())
                .bind("folder", folder.isRoot() ? "/" : folder + "/")
                .mapTo(Long.class)
                .one());
    }
}
