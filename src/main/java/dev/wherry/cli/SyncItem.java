package dev.wherry.cli;

import dev.wherry.client.RemoteEntry;
import dev.wherry.path.Kind;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stands under one name below a folder that takes part, on either side.
 *
 * @param kind {@link Kind#REFUSED} for what neither side can carry, such as a link
 * @param here of a file of this machine
 * @param there of whatever is on the server
 */
record SyncItem(
        Kind kind,
        long size,
        Optional<Instant> modified,
        Optional<LocalContent.OfFile> here,
        Optional<RemoteEntry> there) {

    /** By path below the folder; where only files are chosen by their names, folders do not count. */
    static SortedMap<VirtualPath, SyncItem> of(LocalTree tree, Selection selection) {
        var items = new TreeMap<VirtualPath, SyncItem>();
        tree.files().forEach((path, file) -> items.put(path, of(file)));
        tree.links().forEach(path -> items.put(path, of(Kind.REFUSED, Optional.empty())));
        if (!selection.isForFiles()) {
            tree.folders()
                    .forEach((path, attributes) -> items.put(
                            path,
                            of(
                                    Kind.FOLDER,
                                    Optional.of(attributes.lastModifiedTime().toInstant()))));
        }
        return items;
    }

    /** The same of a folder of the server, as it was listed. */
    static SortedMap<VirtualPath, SyncItem> of(Iterable<RemoteEntry> entries, Selection selection) {
        var items = new TreeMap<VirtualPath, SyncItem>();
        for (var entry : entries) {
            var path = VirtualPath.parse(entry.name());
            boolean counts = entry.isFolder()
                    ? !selection.isForFiles() && selection.entersFolderAndAbove(path)
                    : selection.takesFileAndAbove(path);
            if (counts) {
                items.put(path, of(entry));
            }
        }
        return items;
    }

    static SyncItem of(LocalContent.OfFile file) {
        return new SyncItem(Kind.FILE, file.bytes(), Optional.of(file.modified()), Optional.of(file), Optional.empty());
    }

    static SyncItem of(RemoteEntry entry) {
        return new SyncItem(entry.kind(), entry.size(), entry.modified(), Optional.empty(), Optional.of(entry));
    }

    static SyncItem of(Kind kind, Optional<Instant> modified) {
        return new SyncItem(kind, 0, modified, Optional.empty(), Optional.empty());
    }

    /** Of a local file computed now, of one on the server as it is recorded there. */
    Optional<Sha256> sha256() throws IOException {
        return here.isPresent() ? here.get().sha256() : there.flatMap(RemoteEntry::sha256);
    }

    /**
     * Whether both were changed at the same time. Some file systems keep whole seconds, some microseconds: what one of
     * them has cut off makes no difference.
     */
    boolean hasTimeOf(SyncItem other) {
        if (modified.isEmpty() || other.modified.isEmpty()) {
            return false;
        }
        var one = modified.get();
        var two = other.modified.get();
        boolean isCut = one.getNano() == 0 || two.getNano() == 0;
        return isCut
                ? one.getEpochSecond() == two.getEpochSecond()
                : Duration.between(one, two).abs().compareTo(Duration.ofNanos(1000)) < 0;
    }
}
