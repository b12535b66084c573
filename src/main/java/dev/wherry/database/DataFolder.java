package dev.wherry.database;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * The folder with everything that the server keeps for itself. Whoever holds one of these is the only server of that
 * folder: an operating-system lock says so, and goes when the process goes, however it ends.
 */
public final class DataFolder implements AutoCloseable {
    /** The fact of a fault that says which process has the folder. */
    public static final String HOLDER = "process";

    private static final String LOCK = "lock";
    private static final String DATABASE = "wherry.db";

    private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_ONLY_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Path path;
    private final boolean isNew;
    private final FileChannel lockFile;

    private DataFolder(Path path, boolean isNew, FileChannel lockFile) {
        this.path = path;
        this.isNew = isNew;
        this.lockFile = lockFile;
    }

    /**
     * Makes the folder if it is missing, and takes its lock. One that is there and empty becomes its owner's alone: so
     * most people make folders, and nobody has put anything into it yet.
     *
     * @throws FaultException {@link Fault#UNAVAILABLE} when another process has it, when others than its owner can read
     *     it, or when it cannot be made; the sentence says what to do
     */
    public static DataFolder open(Path folder) {
        var path = folder.toAbsolutePath().normalize();
        try {
            boolean isNew = make(path);
            closeToOthers(path);
            refuseReadableByOthers(path);
            return new DataFolder(path, isNew, lock(path));
        } catch (IOException failure) {
            throw Fault.UNAVAILABLE
                    .because("the data folder " + path + " cannot be used: " + reason(failure), failure)
                    .with("folder", path.toString());
        }
    }

    private static boolean make(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return false;
        }
        Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY_FOLDER));
        return true;
    }

    /** Done only to an empty one, and without a word where it is not ours: then it is refused. */
    private static void closeToOthers(Path path) throws IOException {
        if (isEmpty(path)) {
            try {
                Files.setPosixFilePermissions(path, OWNER_ONLY_FOLDER);
            } catch (FileSystemException notOurs) {
                return;
            }
        }
    }

    private static boolean isEmpty(Path path) throws IOException {
        try (var entries = Files.newDirectoryStream(path)) {
            return !entries.iterator().hasNext();
        }
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case FileAlreadyExistsException file -> file.getFile() + " is a file; name a folder with --data";
            case AccessDeniedException denied -> denied.getFile() + " may not be read or written by this user";
            case FileSystemException local when local.getReason() != null -> local.getFile() + ": " + local.getReason();
            default -> failure.toString();
        };
    }

    /**
     * Refuses a folder or file that others than its owner can read or write: it may hold a secret.
     *
     * @throws FaultException {@link Fault#UNAVAILABLE} with the command that mends it
     */
    static void refuseReadableByOthers(Path path) throws IOException {
        var mode = EnumSet.copyOf(Files.getPosixFilePermissions(path));
        mode.retainAll(OTHERS);
        if (!mode.isEmpty()) {
            var wanted = Files.isDirectory(path) ? "700" : "600";
            throw Fault.UNAVAILABLE
                    .because("others can read or write " + path + "; run: chmod " + wanted + " '" + path + "'")
                    .with("path", path.toString());
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        var file = folder.resolve(LOCK);
        var channel = openOwnerOnly(file);
        try {
            if (!locked(channel)) {
                throw Fault.UNAVAILABLE
                        .because("the data folder " + folder + " is in use by process " + holder(channel)
                                + "; stop that one first, or give this one another folder with --data")
                        .with("folder", folder.toString())
                        .with(HOLDER, holder(channel));
            }
            channel.truncate(0);
            channel.write(ascii(ProcessHandle.current().pid() + "\n"), 0);
            return channel;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** Opens a file for reading and writing; one that is made belongs to its owner only, from its first moment. */
    static FileChannel openOwnerOnly(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY_FILE));
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            @SuppressWarnings("resource") // released when the channel is closed, or with the process
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldHere) {
            return false;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        var text = ByteBuffer.allocate(32);
        channel.read(text, 0);
        return StandardCharsets.US_ASCII.decode(text.flip()).toString().strip();
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    public Path path() {
        return path;
    }

    /** Whether this start made the folder. */
    public boolean isNew() {
        return isNew;
    }

    /** The database file in it. */
    public Path database() {
        return path.resolve(DATABASE);
    }

    /** Lets another process have the folder. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException failure) {
            throw Fault.DISK_FAILED.because("the lock of " + path + " could not be closed", failure);
        }
    }
}
