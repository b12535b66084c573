package dev.wherry.storage.backend.disk;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The attribute {@code user.wherry} of files, where the file system keeps attributes. Paths go through
 * {@code /proc/self/fd}, because a descriptor that only pins a file cannot be asked for attributes itself.
 *
 * @param kept whether they are kept here; else nothing is ever recorded
 */
record Attributes(boolean kept) {
    private static final byte[] NAME = "user.wherry".getBytes(StandardCharsets.US_ASCII);

    /** Whether files under this descriptor's file system keep attributes: tried on the descriptor itself. */
    static Attributes probe(Descriptor file) {
        try {
            LinuxCalls.setAttribute(bytes(file.systemPath()), NAME, "probe".getBytes(StandardCharsets.US_ASCII));
            return new Attributes(true);
        } catch (SystemFailure failure) {
            if (failure.errno() == Errno.EOPNOTSUPP || failure.errno() == Errno.EPERM) {
                return new Attributes(false);
            }
            throw failure;
        }
    }

    Optional<VersionAttribute> read(Descriptor file) {
        return read(bytes(file.systemPath()), true);
    }

    /** Of a name in a folder; a link is not followed. */
    Optional<VersionAttribute> read(Descriptor folder, byte[] name) {
        var prefix = bytes(folder.systemPath() + "/");
        var path = new byte[prefix.length + name.length];
        System.arraycopy(prefix, 0, path, 0, prefix.length);
        System.arraycopy(name, 0, path, prefix.length, name.length);
        return read(path, false);
    }

    void write(Descriptor file, VersionAttribute attribute) {
        if (kept) {
            LinuxCalls.setAttribute(bytes(file.systemPath()), NAME, attribute.bytes());
        }
    }

    private Optional<VersionAttribute> read(byte[] path, boolean follow) {
        if (!kept) {
            return Optional.empty();
        }
        try {
            return VersionAttribute.parse(LinuxCalls.attribute(path, NAME, VersionAttribute.MOST_BYTES, follow));
        } catch (SystemFailure failure) {
            return switch (failure.errno()) {
                case Errno.ENODATA, Errno.EOPNOTSUPP, Errno.ERANGE, Errno.EACCES, Errno.EPERM, Errno.ENOENT ->
                    Optional.empty();
                default -> throw failure;
            };
        }
    }

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }
}
