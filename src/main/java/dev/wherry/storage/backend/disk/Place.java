package dev.wherry.storage.backend.disk;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.Entry;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * A name in a folder that is held open: what is done to it is done in just that folder, wherever it is moved meanwhile.
 */
final class Place implements AutoCloseable {
    private static final int REPLACING = 0;

    private final VirtualPath path;
    private final Descriptor folder;
    private final byte[] name;
    private final Attributes attributes;

    Place(VirtualPath path, Descriptor folder, Attributes attributes) {
        this.path = path;
        this.folder = folder;
        this.name = path.name().getBytes(StandardCharsets.UTF_8);
        this.attributes = attributes;
    }

    VirtualPath path() {
        return path;
    }

    Descriptor folder() {
        return folder;
    }

    /** The last name of the path, as the system takes it. */
    byte[] name() {
        return name;
    }

    /** What is there now, if anything is. */
    Optional<Stat> look() {
        try {
            return Optional.of(folder.stat(name));
        } catch (SystemFailure failure) {
            if (failure.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw Refusals.of(failure, path);
        }
    }

    /** What is there now, which must be a file or a folder of this file system. */
    Stat lookForEntry() {
        var stat = look().orElseThrow(() -> Fault.NOT_FOUND.because("\"" + path + "\" is not there"));
        return Entries.checked(path, stat);
    }

    /** What is there now, if anything is: a file. */
    Optional<Entry> lookForFile() {
        return look().map(stat -> {
            if (Entries.checked(path, stat).isFolder()) {
                throw Fault.IS_FOLDER.because("\"" + path + "\" is a folder, and a file was wanted");
            }
            return entry(stat);
        });
    }

    /** An entry as the contract tells it. */
    Entry entry(Stat stat) {
        return Entries.of(path.name(), stat, stat.isFile() ? attributes.read(folder, name) : Optional.empty());
    }

    /** Gives this name to what has another now, if the precondition holds. */
    void take(Descriptor from, byte[] itsName, Precondition expected) {
        rename(from, itsName, admit(expected), there -> there.inTheWay(Fault.EXISTS, path));
    }

    /** Gives this name to a folder that has another now: it replaces nothing. */
    void takeFolder(Descriptor from, byte[] itsName, Precondition expected) {
        if (expected instanceof Precondition.Version && look().isEmpty()) {
            throw missing();
        }
        rename(from, itsName, Flags.RENAME_NOREPLACE, there -> there.taken(path));
    }

    private void rename(Descriptor from, byte[] itsName, int flags, Function<Entry, FaultException> refusal) {
        try {
            from.rename(itsName, folder, name, flags);
        } catch (SystemFailure failure) {
            throw failure.errno() == Errno.EEXIST ? exists(failure, refusal) : Refusals.of(failure, path);
        }
    }

    /** @return the flags of a rename: a name that seems free is never replaced */
    private int admit(Precondition expected) {
        return switch (expected) {
            case Precondition.Absent() -> Flags.RENAME_NOREPLACE;
            case Precondition.Any() -> lookForFile().isPresent() ? REPLACING : Flags.RENAME_NOREPLACE;
            case Precondition.Version(Etag version) -> {
                requireVersion(version);
                yield REPLACING;
            }
        };
    }

    private void requireVersion(Etag version) {
        var there = lookForFile().orElseThrow(this::missing);
        if (!there.etag().equals(Optional.of(version))) {
            throw there.inTheWay(Fault.CHANGED, path);
        }
    }

    private FaultException missing() {
        return Fault.CHANGED
                .because("\"" + path + "\" is not there any more; confirm that it shall be written anew")
                .with("path", path.toString());
    }

    /** Refuses to make a folder where something is. */
    FaultException taken(SystemFailure failure) {
        return exists(failure, there -> there.taken(path));
    }

    /** With the facts of what is there, if it is there still. */
    private FaultException exists(SystemFailure failure, Function<Entry, FaultException> refusal) {
        return look().filter(stat -> stat.isFile() || stat.isFolder())
                .map(this::entry)
                .map(refusal)
                .orElseGet(() -> Refusals.of(failure, path));
    }

    @Override
    public void close() {
        folder.close();
    }
}
