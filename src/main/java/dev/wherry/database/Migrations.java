package dev.wherry.database;

import dev.wherry.fault.Fault;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteDataSource;

/**
 * Brings the schema up to what this version of the program knows. Flyway costs almost half a second, so it is loaded
 * only when there is something for it to do: its own table is compared with the newest migration that is there.
 */
final class Migrations {
    /** Where the migrations lie among the resources; each part of the server adds its own. */
    static final String USUAL = "db/migration";

    private static final Pattern NAME = Pattern.compile("(?:.*/)?V(\\d+)__\\w+\\.sql");

    private final String location;

    Migrations(String location) {
        this.location = location;
    }

    /**
     * Does what is left to do, after a backup when there is something to lose.
     *
     * @param connection open on that file; writes nothing but the backup
     * @param source opens more connections to that file
     */
    void run(Path file, Connection connection, SQLiteDataSource source) throws SQLException, IOException {
        int known = newest();
        var applied = applied(connection);
        int version = applied.map(Applied::version).orElse(0);
        if (version > known) {
            throw Fault.UNAVAILABLE
                    .because("the database " + file + " was made by a newer version of Wherry ("
                            + applied.map(Applied::by).orElse("unknown") + ", schema " + version
                            + "); this one is " + program() + " and knows schema " + known
                            + ": run the newer one, or restore a backup")
                    .with("schema", version)
                    .with("known", known);
        }
        if (version < known) {
            Optional<Path> backup = version > 0 ? Optional.of(backup(file, connection, version)) : Optional.empty();
            migrate(file, source, backup);
        }
    }

    /** The highest number among the migrations on the class path. */
    private int newest() throws IOException {
        int newest = 0;
        for (var folder : Collections.list(Migrations.class.getClassLoader().getResources(location))) {
            newest = Math.max(newest, newest(folder));
        }
        if (newest == 0) {
            throw new IllegalStateException("no migrations in " + location);
        }
        return newest;
    }

    /** The highest number in one folder of the class path, which may lie in a jar. */
    int newest(URL folder) throws IOException {
        if (folder.openConnection() instanceof JarURLConnection jar) {
            // A cached one is shared with the class loader, and closing it would hurt.
            jar.setUseCaches(false);
            try (var file = jar.getJarFile()) {
                return newest(
                        file.stream().map(entry -> entry.getName()).filter(name -> name.startsWith(location + "/")));
            }
        }
        try (var files = Files.list(Path.of(uri(folder)))) {
            return newest(files.map(Path::toString));
        }
    }

    private static URI uri(URL url) throws IOException {
        try {
            return url.toURI();
        } catch (URISyntaxException impossible) {
            throw new IOException("not a place of resources: " + url, impossible);
        }
    }

    private static int newest(Stream<String> names) {
        return names.map(NAME::matcher)
                .filter(matcher -> matcher.matches())
                .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                .max()
                .orElse(0);
    }

    private static Optional<Applied> applied(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var tables = statement.executeQuery(
                    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'flyway_schema_history'")) {
                if (!tables.next()) {
                    return Optional.empty();
                }
            }
            try (var rows = statement.executeQuery("SELECT CAST(version AS INTEGER) AS number, installed_by"
                    + " FROM flyway_schema_history WHERE success AND version IS NOT NULL"
                    + " ORDER BY number DESC LIMIT 1")) {
                return rows.next() ? Optional.of(new Applied(rows.getInt(1), rows.getString(2))) : Optional.empty();
            }
        }
    }

    /** Copies what is there beside it; a copy of the same schema by an attempt that failed is replaced. */
    private static Path backup(Path file, Connection connection, int version) throws SQLException, IOException {
        var backup = file.resolveSibling(file.getFileName() + ".schema-" + version + ".backup");
        var unfinished = backup.resolveSibling(backup.getFileName() + ".part");
        Files.deleteIfExists(unfinished);
        DataFolder.openOwnerOnly(unfinished).close();
        try (var statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, unfinished.toString());
            statement.execute();
        }
        try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(unfinished, backup, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return backup;
    }

    private void migrate(Path file, SQLiteDataSource source, Optional<Path> backup) {
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:" + location)
                    .installedBy(program())
                    .load()
                    .migrate();
        } catch (FlywayException failure) {
            throw Fault.UNAVAILABLE.because(
                    "the database " + file + " could not be brought to the schema of this version"
                            + backup.map(copy -> "; as it was before it lies in " + copy)
                                    .orElse(""),
                    failure);
        }
    }

    private static String program() {
        var version = Migrations.class.getPackage().getImplementationVersion();
        return "Wherry " + (version == null ? "from a source tree" : version);
    }

    /** @param by the version of the program that did it */
    private record Applied(int version, String by) {}
}
