package dev.wherry.storage.backend.disk;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.nio.charset.StandardCharsets;

/**
 * The served folder, held open for life: every name is resolved beneath its descriptor by the kernel, which follows no
 * link and enters no other mount. Nothing is looked at first and opened later.
 */
final class Tree implements AutoCloseable {
    private static final byte[] ITSELF = {'.'};

    private final Descriptor root;
    private final long device;
    private final Attributes attributes;

    Tree(Descriptor root, Attributes attributes) {
        this.root = root;
        this.device = root.stat().device();
        this.attributes = attributes;
    }

    /** Opens a folder, to read it, to make and remove names in it, to sync it. */
    Descriptor folder(VirtualPath path) {
        ReservedNames.check(path);
        try {
            return onThisDevice(path, root.openFolder(systemName(path)));
        } catch (SystemFailure failure) {
            throw explained(failure, path);
        }
    }

    /** Pins whatever a name stands for, without opening it. */
    Descriptor pin(VirtualPath path) {
        ReservedNames.check(path);
        try {
            return root.pin(systemName(path));
        } catch (SystemFailure failure) {
            throw explained(failure, path);
        }
    }

    /** The name of a path in its folder, which is opened; the root has none. */
    Place place(VirtualPath path) {
        ReservedNames.check(path);
        return new Place(path, parent(path), attributes);
    }

    long availableBytes() {
        return root.availableBytes();
    }

    long wholeBytes() {
        return root.wholeBytes();
    }

    Attributes attributes() {
        return attributes;
    }

    @Override
    public void close() {
        root.close();
    }

    private Descriptor parent(VirtualPath path) {
        try {
            return onThisDevice(path.parent(), root.openFolder(systemName(path.parent())));
        } catch (SystemFailure failure) {
            throw failure.errno() == Errno.ENOENT ? noFolder(path) : Refusals.of(failure, path.parent());
        }
    }

    /** A volume inside another, as some file systems have them, is not seen as a mount but has a number of its own. */
    private Descriptor onThisDevice(VirtualPath path, Descriptor folder) {
        if (folder.stat().device() == device) {
            return folder;
        }
        folder.close();
        throw Fault.REFUSED_ENTRY.because("\"" + path + "\" lies on another file system than the served folder");
    }

    /** Which it was that is missing is asked afterwards, for the words alone. */
    private FaultException explained(SystemFailure failure, VirtualPath path) {
        if (failure.errno() == Errno.ENOENT && !path.isRoot()) {
            try {
                root.openFolder(systemName(path.parent())).close();
                return Refusals.of(failure, path);
            } catch (SystemFailure above) {
                return above.errno() == Errno.ENOENT ? noFolder(path) : Refusals.of(above, path);
            }
        }
        return Refusals.of(failure, path);
    }

    private static FaultException noFolder(VirtualPath path) {
        return Fault.NO_FOLDER
                .because("there is no folder \"" + path.parent() + "\"; make it first")
                .with("folder", path.parent().toString());
    }

    private static byte[] systemName(VirtualPath path) {
        return path.isRoot() ? ITSELF : String.join("/", path.segments()).getBytes(StandardCharsets.UTF_8);
    }
}
