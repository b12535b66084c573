package dev.wherry.storage.backend.disk;

/** The flags of Linux's system calls, as {@code fcntl.h} and {@code linux/openat2.h} have them. */
final class Flags {
    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0100;
    static final int O_EXCL = 0200;
    static final int O_CLOEXEC = 02000000;
    static final int O_PATH = 010000000;

    /** These two differ between architectures. */
    static final int O_DIRECTORY;

    static final int O_NOFOLLOW;

    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_REMOVEDIR = 0x200;
    static final int AT_NO_AUTOMOUNT = 0x800;
    static final int AT_EMPTY_PATH = 0x1000;

    static final int RENAME_NOREPLACE = 1;

    static final long RESOLVE_NO_XDEV = 1;
    static final long RESOLVE_NO_MAGICLINKS = 2;
    static final long RESOLVE_NO_SYMLINKS = 4;
    static final long RESOLVE_BENEATH = 8;

    /** Nothing above the folder that was given, no link, no other mount. */
    static final long STRICTLY_BENEATH =
            RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV;

    static final long UTIME_OMIT = (1 << 30) - 2;

    static {
        switch (System.getProperty("os.arch", "")) {
            case "aarch64" -> {
                O_DIRECTORY = 040000;
                O_NOFOLLOW = 0100000;
            }
            default -> {
                O_DIRECTORY = 0200000;
                O_NOFOLLOW = 0400000;
            }
        }
    }

    private Flags() {}
}
