package dev.wherry.storage.backend.disk;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A file or folder held open by the system's number for it. Closed once, by its one owner, when no call uses it. */
final class Descriptor implements AutoCloseable {
    private static final byte[] ITSELF = {};
    private static final int ATTEMPTS = 100;

    private final int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Asked for once; whoever asks finds the same. */
    private volatile @Nullable Identity identity;

    private Descriptor(int number) {
        this.number = number;
    }

    /** Opens a folder anywhere, by the operator's own path: links in it are the operator's. */
    static Descriptor ofFolder(Path path) {
        return new Descriptor(LinuxCalls.openat2(
                Flags.AT_FDCWD,
                path.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8),
                Flags.O_RDONLY | Flags.O_DIRECTORY | Flags.O_CLOEXEC,
                0,
                0));
    }

    /** Opens what lies strictly beneath this folder: the kernel follows no link and enters no other mount. */
    Descriptor open(byte[] name, int flags, int mode) {
        for (int attempt = 1; ; attempt++) {
            try {
                return new Descriptor(
                        LinuxCalls.openat2(number, name, flags | Flags.O_CLOEXEC, mode, Flags.STRICTLY_BENEATH));
            } catch (SystemFailure failure) {
                // Somebody renamed a folder on the way while the kernel walked it: it asks to be asked again.
                if (failure.errno() != Errno.EAGAIN || attempt == ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    Descriptor openFolder(byte[] name) {
        return open(name, Flags.O_RDONLY | Flags.O_DIRECTORY, 0);
    }

    /** Pins what the name stands for, a link itself too, without opening it: a device does not notice. */
    Descriptor pin(byte[] name) {
        return open(name, Flags.O_PATH | Flags.O_NOFOLLOW, 0);
    }

    Stat stat() {
        return LinuxCalls.statx(number, ITSELF, Flags.AT_EMPTY_PATH);
    }

    /** What tells this file or folder from every other, whatever its name. */
    Identity identity() {
        var known = identity;
        if (known == null) {
            var stat = stat();
            known = new Identity(stat.device(), stat.inode());
            identity = known;
        }
        return known;
    }

    /** What a name in this folder is; a link is looked at itself. */
    Stat stat(byte[] name) {
        return LinuxCalls.statx(number, name, Flags.AT_SYMLINK_NOFOLLOW | Flags.AT_NO_AUTOMOUNT);
    }

    void makeFolder(byte[] name, int mode) {
        LinuxCalls.mkdirat(number, name, mode);
    }

    void removeFile(byte[] name) {
        LinuxCalls.unlinkat(number, name, 0);
    }

    void removeFolder(byte[] name) {
        LinuxCalls.unlinkat(number, name, Flags.AT_REMOVEDIR);
    }

    void rename(byte[] from, Descriptor folder, byte[] to, int flags) {
        LinuxCalls.renameat2(number, from, folder.number, to, flags);
    }

    byte[] entries(int room) {
        return LinuxCalls.getdents64(number, room);
    }

    void setMode(int mode) {
        LinuxCalls.fchmod(number, mode);
    }

    void setModified(long seconds, int nanos) {
        LinuxCalls.futimens(number, seconds, nanos);
    }

    void sync() {
        LinuxCalls.fsync(number);
    }

    void syncData() {
        LinuxCalls.fdatasync(number);
    }

    long availableBytes() {
        return LinuxCalls.availableBytes(number);
    }

    long wholeBytes() {
        return LinuxCalls.wholeBytes(number);
    }

    /** A path to just what is open here, whatever its name is by now. */
    Path path() {
        return Path.of(systemPath());
    }

    String systemPath() {
        return "/proc/self/fd/" + number;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            LinuxCalls.close(number);
        }
    }

    record Identity(long device, long inode) {}
}
