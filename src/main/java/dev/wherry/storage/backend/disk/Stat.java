package dev.wherry.storage.backend.disk;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.time.Instant;

/**
 * What the system knows about an entry: {@code struct statx}, which is the same on every architecture.
 *
 * @param device with the major number in the upper half
 * @param mode kind and permissions
 * @param changed when anything about it last changed, its name and attributes too
 * @param mountRoot whether another file system begins here
 */
record Stat(long device, long inode, int mode, long size, Instant modified, Instant changed, boolean mountRoot) {
    static final int BYTES = 256;

    /** Everything that {@code stat} ever told. */
    static final int MASK = 0x7ff;

    static final int SET_GROUP = 02000;
    private static final int PERMISSIONS = 07777;

    private static final int KIND = 0170000;
    private static final int LINK = 0120000;
    private static final int FILE = 0100000;
    private static final int BLOCK_DEVICE = 0060000;
    private static final int FOLDER = 0040000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int PIPE = 0010000;

    private static final long ATTRIBUTE_MOUNT_ROOT = 0x2000;

    static Stat read(MemorySegment memory) {
        return new Stat(
                ((long) memory.get(JAVA_INT, 136) << Integer.SIZE) | Integer.toUnsignedLong(memory.get(JAVA_INT, 140)),
                memory.get(JAVA_LONG, 32),
                Short.toUnsignedInt(memory.get(JAVA_SHORT, 28)),
                memory.get(JAVA_LONG, 40),
                time(memory, 112),
                time(memory, 96),
                (memory.get(JAVA_LONG, 8) & ATTRIBUTE_MOUNT_ROOT) != 0);
    }

    private static Instant time(MemorySegment memory, int offset) {
        long seconds =
                Math.clamp(memory.get(JAVA_LONG, offset), Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond());
        return Instant.ofEpochSecond(seconds, memory.get(JAVA_INT, offset + 8));
    }

    boolean isFile() {
        return (mode & KIND) == FILE;
    }

    boolean isFolder() {
        return (mode & KIND) == FOLDER;
    }

    int permissions() {
        return mode & PERMISSIONS;
    }

    /** What it is, when it is neither a file nor a folder. */
    String oddity() {
        return switch (mode & KIND) {
            case LINK -> "it is a link, and links are not followed";
            case BLOCK_DEVICE, CHARACTER_DEVICE -> "it is a device";
            case PIPE -> "it is a named pipe";
            default -> "it is neither a file nor a folder";
        };
    }

    /** Whether this is the same thing, and nobody wrote into it between the two looks. */
    boolean sameContent(Stat other) {
        return device == other.device && inode == other.inode && size == other.size && modified.equals(other.modified);
    }
}
