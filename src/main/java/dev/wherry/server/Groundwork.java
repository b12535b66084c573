package dev.wherry.server;

import dev.wherry.config.Config;
import dev.wherry.database.DataFolder;
import dev.wherry.database.SqliteDatabase;
import dev.wherry.fault.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What must be there before anything runs: the data folder with its lock, the database, the certificate, the folder to
 * be served. Opening it blocks; a server has nothing else to do yet.
 *
 * @param bootId names this start of the kernel
 */
record Groundwork(
        DataFolder data,
        Vertx vertx,
        SqliteDatabase database,
        Certificates certificates,
        Machine machine,
        Path served,
        boolean servedIsNew,
        String bootId) {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    /** A property of the JVM: after how long an event loop is called blocked, where tests are stricter than life. */
    private static final String BLOCKED_MILLIS = "wherry.blockedMillis";

    static Groundwork lay(Launch launch) {
        var config = launch.config();
        if (Files.notExists(config.data())) {
            // A start that fails at once is to leave nothing behind.
            PortHolder.requireFree(
                    "console", config.console().host(), config.console().port());
            PortHolder.requireFree("http", config.http().host(), config.http().port());
            PortHolder.requireFree(
                    "management",
                    config.management().host(),
                    config.management().port());
        }
        var data = DataFolder.open(config.data());
        try {
            var machine = Machine.here();
            var certificates = Certificates.prepare(config.tls(), data.path(), machine, launch.clock());
            boolean servedIsNew = makeServed(config, data);
            var vertx = Vertx.vertx(options());
            var database = open(vertx, data);
            return new Groundwork(
                    data, vertx, database, certificates, machine, served(config, data), servedIsNew, readBootId());
        } catch (RuntimeException failure) {
            data.close();
            throw failure;
        }
    }

    private static SqliteDatabase open(Vertx vertx, DataFolder data) {
        try {
            return SqliteDatabase.open(vertx, data.database());
        } catch (RuntimeException failure) {
            vertx.close();
            throw failure;
        }
    }

    private static Path served(Config config, DataFolder data) {
        return config.files().folder().orElse(data.path().resolve("files")).toAbsolutePath();
    }

    /** Makes the folder inside the data folder; one that was named must be there. */
    private static boolean makeServed(Config config, DataFolder data) {
        var served = served(config, data);
        if (Files.isDirectory(served)) {
            return false;
        }
        if (config.files().folder().isPresent()) {
            throw Files.exists(served)
                    ? Fault.NOT_FOLDER.because(served + " is a file, so it cannot be served; name a folder")
                    : Fault.NOT_FOUND.because("no such folder to serve: " + served + "; make it, or name another");
        }
        try {
            Files.createDirectories(served);
            return true;
        } catch (IOException failure) {
            throw Fault.DISK_FAILED.because("the folder to serve cannot be made: " + served, failure);
        }
    }

    /** Native transport when it loads; nothing is ever unpacked from the class path into a cache on disk. */
    private static VertxOptions options() {
        var options = new VertxOptions()
                .setPreferNativeTransport(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
        var blocked = Long.getLong(BLOCKED_MILLIS);
        return blocked == null
                ? options
                : options.setMaxEventLoopExecuteTime(blocked)
                        .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                        .setWarningExceptionTime(blocked)
                        .setWarningExceptionTimeUnit(TimeUnit.MILLISECONDS)
                        .setBlockedThreadCheckInterval(blocked / 4)
                        .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS);
    }

    private static String readBootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException unknown) {
            return "";
        }
    }
}
