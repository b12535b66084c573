package dev.wherry.storage.backend.disk;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The system calls that the JDK does not have: names resolved beneath a folder's descriptor, renames that replace
 * nothing, syncs of folders, attributes, times to the nanosecond. One method for each, nothing else.
 *
 * <p>Names are bytes in UTF-8, so that nothing depends on the locale that the server was started under. A call that
 * fails throws {@link SystemFailure}.
 */
@SuppressWarnings("restricted") // Calling the system is what this class is for.
final class LinuxCalls {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    /** The same number on every architecture; the C library has no function for it. */
    private static final long OPENAT2_NUMBER = 437;

    private static final int TIMES = 2;
    private static final int TIMESPEC_BYTES = 16;
    private static final int STATVFS_BYTES = 256;

    private static final MethodHandle OPENAT2 = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("syscall"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG),
            Linker.Option.firstVariadicArg(1),
            Linker.Option.captureCallState("errno"));
    private static final MethodHandle CLOSE = intCall("close", JAVA_INT);
    private static final MethodHandle FSYNC = intCall("fsync", JAVA_INT);
    private static final MethodHandle FDATASYNC = intCall("fdatasync", JAVA_INT);
    private static final MethodHandle FCHMOD = intCall("fchmod", JAVA_INT, JAVA_INT);
    private static final MethodHandle FUTIMENS = intCall("futimens", JAVA_INT, ADDRESS);
    private static final MethodHandle MKDIRAT = intCall("mkdirat", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle UNLINKAT = intCall("unlinkat", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RENAMEAT2 = intCall("renameat2", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle STATX = intCall("statx", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle FSTATVFS = intCall("fstatvfs", JAVA_INT, ADDRESS);
    private static final MethodHandle GETDENTS64 = longCall("getdents64", JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle LGETXATTR = longCall("lgetxattr", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle GETXATTR = longCall("getxattr", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle SETXATTR = intCall("setxattr", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle STRERROR = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private LinuxCalls() {}

    /** Opens a name beneath a folder, following the rules in {@code resolve}. */
    static int openat2(int folder, byte[] name, int flags, int mode, long resolve) {
        return (int) call("openat2", state -> {
            var how = state.memory(3 * JAVA_LONG.byteSize());
            how.setAtIndex(JAVA_LONG, 0, flags);
            how.setAtIndex(JAVA_LONG, 1, mode);
            how.setAtIndex(JAVA_LONG, 2, resolve);
            return (long) OPENAT2.invokeExact(
                    state.errno, OPENAT2_NUMBER, (long) folder, state.text(name), how, how.byteSize());
        });
    }

    static void close(int descriptor) {
        call("close", state -> (int) CLOSE.invokeExact(state.errno, descriptor));
    }

    static void fsync(int descriptor) {
        call("fsync", state -> (int) FSYNC.invokeExact(state.errno, descriptor));
    }

    static void fdatasync(int descriptor) {
        call("fdatasync", state -> (int) FDATASYNC.invokeExact(state.errno, descriptor));
    }

    static void fchmod(int descriptor, int mode) {
        call("fchmod", state -> (int) FCHMOD.invokeExact(state.errno, descriptor, mode));
    }

    /** Sets the time of modification and leaves that of the last access. */
    static void futimens(int descriptor, long seconds, int nanos) {
        call("futimens", state -> {
            var times = state.memory(TIMES * TIMESPEC_BYTES);
            times.setAtIndex(JAVA_LONG, 1, Flags.UTIME_OMIT);
            times.setAtIndex(JAVA_LONG, 2, seconds);
            times.setAtIndex(JAVA_LONG, 3, nanos);
            return (int) FUTIMENS.invokeExact(state.errno, descriptor, times);
        });
    }

    static void mkdirat(int folder, byte[] name, int mode) {
        call("mkdirat", state -> (int) MKDIRAT.invokeExact(state.errno, folder, state.text(name), mode));
    }

    static void unlinkat(int folder, byte[] name, int flags) {
        call("unlinkat", state -> (int) UNLINKAT.invokeExact(state.errno, folder, state.text(name), flags));
    }

    static void renameat2(int fromFolder, byte[] from, int toFolder, byte[] to, int flags) {
        call("renameat2", state -> (int)
                RENAMEAT2.invokeExact(state.errno, fromFolder, state.text(from), toFolder, state.text(to), flags));
    }

    /** What a name beneath a folder is, or, with {@code AT_EMPTY_PATH}, what the descriptor itself is. */
    static Stat statx(int folder, byte[] name, int flags) {
        var stat = new Stat[1];
        call("statx", state -> {
            var memory = state.memory(Stat.BYTES);
            int result = (int) STATX.invokeExact(state.errno, folder, state.text(name), flags, Stat.MASK, memory);
            if (result == 0) {
                stat[0] = Stat.read(memory);
            }
            return result;
        });
        return stat[0];
    }

    /** The bytes that an ordinary account may still take from the file system. */
    static long availableBytes(int descriptor) {
        return fileSystem(descriptor, 4);
    }

    /** The bytes of the whole file system, whoever has them. */
    static long wholeBytes(int descriptor) {
        return fileSystem(descriptor, 2);
    }

    /** struct statvfs begins f_bsize, f_frsize, f_blocks, f_bfree, f_bavail: five longs. */
    private static long fileSystem(int descriptor, int blocks) {
        var bytes = new long[1];
        call("fstatvfs", state -> {
            var memory = state.memory(STATVFS_BYTES);
            int result = (int) FSTATVFS.invokeExact(state.errno, descriptor, memory);
            bytes[0] = memory.getAtIndex(JAVA_LONG, blocks) * memory.getAtIndex(JAVA_LONG, 1);
            return result;
        });
        return bytes[0];
    }

    /** The next {@code struct linux_dirent64}s of a folder; no bytes at its end. */
    static byte[] getdents64(int folder, int room) {
        var page = new byte[1][];
        call("getdents64", state -> {
            var memory = state.memory(room);
            long length = (long) GETDENTS64.invokeExact(state.errno, folder, memory, (long) room);
            page[0] = length < 0 ? new byte[0] : memory.asSlice(0, length).toArray(JAVA_BYTE);
            return length;
        });
        return page[0];
    }

    /** An attribute of what lies at a path; a link at its end is followed, or looked at itself. */
    static byte[] attribute(byte[] path, byte[] attribute, int room, boolean follow) {
        var value = new byte[1][];
        call("getxattr", state -> {
            var memory = state.memory(room);
            var at = state.text(path);
            var name = state.text(attribute);
            long length = follow
                    ? (long) GETXATTR.invokeExact(state.errno, at, name, memory, (long) room)
                    : (long) LGETXATTR.invokeExact(state.errno, at, name, memory, (long) room);
            value[0] = length < 0 ? new byte[0] : memory.asSlice(0, length).toArray(JAVA_BYTE);
            return length;
        });
        return value[0];
    }

    static void setAttribute(byte[] path, byte[] attribute, byte[] value) {
        call("setxattr", state -> {
            var memory = state.arena.allocateFrom(JAVA_BYTE, value);
            return (int) SETXATTR.invokeExact(
                    state.errno, state.text(path), state.text(attribute), memory, (long) value.length, 0);
        });
    }

    /** What this system, in its locale, calls an error: exceptions of the JDK carry only this text. */
    static String text(int errno) {
        try {
            var text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.reinterpret(Integer.MAX_VALUE).getString(0);
        } catch (Throwable impossible) {
            throw new AssertionError("strerror", impossible);
        }
    }

    private static long call(String name, Body body) {
        while (true) {
            try (var arena = Arena.ofConfined()) {
                var state = new State(arena, arena.allocate(STATE));
                long result = body.run(state);
                if (result >= 0) {
                    return result;
                }
                int errno = (int) ERRNO.get(state.errno, 0L);
                if (errno != Errno.EINTR || name.equals("close")) {
                    throw new SystemFailure(name, errno);
                }
            } catch (RuntimeException | Error failure) {
                throw failure;
            } catch (Throwable impossible) {
                throw new AssertionError(name, impossible);
            }
        }
    }

    private static MethodHandle intCall(String name, MemoryLayout... arguments) {
        return handle(name, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private static MethodHandle longCall(String name, MemoryLayout... arguments) {
        return handle(name, FunctionDescriptor.of(JAVA_LONG, arguments));
    }

    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), descriptor, Linker.Option.captureCallState("errno"));
    }

    /** One call being made, and the memory that it needs while it lasts. */
    private record State(Arena arena, MemorySegment errno) {
        MemorySegment memory(long bytes) {
            return arena.allocate(bytes, JAVA_LONG.byteSize());
        }

        MemorySegment text(byte[] bytes) {
            var text = arena.allocate(bytes.length + 1L);
            MemorySegment.copy(bytes, 0, text, JAVA_BYTE, 0, bytes.length);
            return text;
        }
    }

    private interface Body {
        long run(State state) throws Throwable;
    }
}
