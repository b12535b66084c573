package dev.wherry.storage.backend.disk;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.Entry;
import dev.wherry.storage.backend.Folder;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder of the tree being read: what the gate would refuse is listed with the reason. */
final class DiskFolder implements Folder {
    private static final String NOT_COMPOSED =
            "its name is not in Unicode's composed form (NFC); its operator can rename it";

    private final VirtualPath path;
    private final Descriptor folder;
    private final Attributes attributes;
    private final FolderNames names;
    private final StepQueue steps;

    private DiskFolder(VirtualPath path, Descriptor folder, Attributes attributes, StepQueue steps) {
        this.path = path;
        this.folder = folder;
        this.attributes = attributes;
        this.names = FolderNames.of(folder);
        this.steps = steps;
    }

    static DiskFolder open(VirtualPath path, Tree tree, StepQueue steps) {
        var folder = tree.folder(path);
        try {
            return new DiskFolder(path, folder, tree.attributes(), steps);
        } catch (RuntimeException failure) {
            folder.close();
            throw failure;
        }
    }

    @Override
    public Future<List<Entry>> next(int limit) {
        return steps.run(() -> read(limit));
    }

    @Override
    public void close() {
        steps.run(this::release);
    }

    private List<Entry> read(int limit) {
        try {
            var entries = new ArrayList<Entry>();
            while (entries.size() < limit) {
                var name = names.next();
                if (name.isEmpty()) {
                    break;
                }
                entry(name.get()).ifPresent(entries::add);
            }
            return entries;
        } catch (SystemFailure failure) {
            throw Refusals.of(failure, path);
        }
    }

    /** What a name is; nothing when it is the server's own, or vanished meanwhile. */
    private Optional<Entry> entry(byte[] bytes) {
        var name = decoded(bytes);
        var shown = name.orElseGet(() -> new String(bytes, StandardCharsets.UTF_8));
        if (path.isRoot() && ReservedNames.isReserved(shown)) {
            return Optional.empty();
        }
        try {
            var stat = folder.stat(bytes);
            var reason = Entries.oddity(stat)
                    .or(() -> name.isEmpty() ? Optional.of("its name is not UTF-8") : broken(shown));
            return Optional.of(reason.map(why -> Entries.refused(shown, stat, why))
                    .orElseGet(() -> Entries.of(
                            shown, stat, stat.isFile() ? attributes.read(folder, bytes) : Optional.empty())));
        } catch (SystemFailure failure) {
            if (failure.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static Optional<String> decoded(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException failure) {
            return Optional.empty();
        }
    }

    /** The rule of names that this one breaks, if any: what could never be asked for. */
    private Optional<String> broken(String name) {
        try {
            return path.child(name).name().equals(name) ? Optional.empty() : Optional.of(NOT_COMPOSED);
        } catch (FaultException failure) {
            return Optional.of(String.valueOf(failure.facts().getOrDefault("rule", Fault.BAD_NAME.code())));
        }
    }

    private boolean release() {
        names.close();
        folder.close();
        return true;
    }
}
