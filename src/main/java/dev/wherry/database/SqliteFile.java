package dev.wherry.database;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** A database file that was checked and migrated, and from which connections are opened. */
final class SqliteFile {
    /** Earlier ones can corrupt a database in WAL mode (sqlite.org/wal.html, "the WAL-reset bug"). */
    private static final String OLDEST_LIBRARY = "3.51.3";
    /** Nobody but this process writes, but an operator's tool may hold the file for a moment. */
    private static final int BUSY_MILLIS = 10_000;
    /** The log shrinks back to this after a burst. */
    private static final int LOG_BYTES = 64 << 20;

    private static final String LIBRARY_FOLDER = "native";

    private final Path path;

    private SqliteFile(Path path) {
        this.path = path;
    }

    /**
     * Makes or checks the file, and brings its schema up to date.
     *
     * @throws FaultException {@link Fault#UNAVAILABLE} when it is damaged, too new, or not the owner's alone
     */
    static SqliteFile open(Path path, Migrations migrations) {
        var file = new SqliteFile(path);
        try {
            NativeLibrary.load(path.resolveSibling(LIBRARY_FOLDER));
            DataFolder.openOwnerOnly(path).close();
            DataFolder.refuseReadableByOthers(path);
            file.check(migrations);
            return file;
        } catch (IOException | SQLException failure) {
            throw Fault.UNAVAILABLE.because("the database " + path + " cannot be opened: " + failure, failure);
        }
    }

    private void check(Migrations migrations) throws SQLException, IOException {
        try (var connection = writable().getConnection();
                var statement = connection.createStatement()) {
            requireLibrary(text(connection, "SELECT sqlite_version()"));
            var found = text(connection, "PRAGMA quick_check(1)");
            if (!found.equals("ok")) {
                throw Fault.UNAVAILABLE
                        .because("the database " + path + " is damaged (" + found + "); restore a backup")
                        .with("found", found);
            }
            migrations.run(path, connection, writable());
            statement.execute("PRAGMA optimize");
        }
    }

    /** Refuses a SQLite library that is too old to be trusted. */
    static void requireLibrary(String version) {
        if (Arrays.compare(numbers(version), numbers(OLDEST_LIBRARY)) < 0) {
            throw Fault.UNAVAILABLE
                    .because("the SQLite library is " + version + ", and older than " + OLDEST_LIBRARY
                            + " it can damage a database")
                    .with("library", version);
        }
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    /** A connection for the one who writes. */
    Handle writer() {
        return Jdbi.create(() -> distrusting(writable().getConnection())).open();
    }

    /** A connection that cannot write. */
    Handle reader() {
        var config = config();
        config.setReadOnly(true);
        return Jdbi.create(() -> distrusting(source(config).getConnection())).open();
    }

    /** Views and triggers of a file that somebody tampered with call no functions. */
    private static Connection distrusting(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema = OFF");
        }
        return connection;
    }

    private SQLiteDataSource writable() {
        var config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setJournalSizeLimit(LOG_BYTES);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        return source(config);
    }

    private static SQLiteConfig config() {
        var config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_MILLIS);
        return config;
    }

    private SQLiteDataSource source(SQLiteConfig config) {
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + path);
        return source;
    }
}
