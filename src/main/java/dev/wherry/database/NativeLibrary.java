package dev.wherry.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite itself, a native library in the jar: the driver unpacks it into a file for the system to load. It would do so
 * in the folder for temporary files that all share, and a server that is killed would leave it there. So it is unpacked
 * into a folder of the server's own, and goes from there when it is loaded, for then nothing needs its name any more.
 */
final class NativeLibrary {
    /** Where the driver unpacks; it looks once, before it loads. */
    private static final String UNPACK_INTO = "org.sqlite.tmpdir";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private NativeLibrary() {}

    /** Loads it, if this process has not done so; removes what an earlier one left. */
    static synchronized void load(Path folder) throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        empty(folder);
        System.setProperty(UNPACK_INTO, folder.toString());
        try {
            SQLiteJDBCLoader.initialize();
        } catch (IOException | RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IOException("SQLite's library cannot be loaded: " + failure.getMessage(), failure);
        } finally {
            empty(folder);
        }
    }

    private static void empty(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                Files.deleteIfExists(file);
            }
        }
    }
}
