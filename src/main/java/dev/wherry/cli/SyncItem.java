package dev.wherry.cli;

import dev.wherry.client.RemoteEntry;
import dev.wherry.path.Kind;
import dev.wherry.path.Sha256;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What stands under one name below a folder that takes part, on either side.
 *
 * @param kind {@link Kind#REFUSED} for what neither side can carry, such as a link
 * @param here of a file of this machine
 * @param there of whatever is on the server
 * @param isChosen whether it is to be made alike, and not only known, because it may be in the way
 */
record SyncItem(
        Kind kind,
        long size,
        Optional<Instant> modified,
        Optional<LocalContent.OfFile> here,
        Optional<RemoteEntry> there,
        boolean isChosen) {

    static SyncItem of(LocalContent.OfFile file) {
        return new SyncItem(
                Kind.FILE, file.bytes(), Optional.of(file.modified()), Optional.of(file), Optional.empty(), true);
    }

    static SyncItem of(RemoteEntry entry, boolean isChosen) {
        return new SyncItem(
                entry.kind(), entry.size(), entry.modified(), Optional.empty(), Optional.of(entry), isChosen);
    }

    /** Of what is here and only in the way. */
    static SyncItem of(Kind kind, boolean isChosen) {
        return new SyncItem(kind, 0, Optional.empty(), Optional.empty(), Optional.empty(), isChosen);
    }

    static SyncItem ofFolder(Instant modified, boolean isChosen) {
        return new SyncItem(Kind.FOLDER, 0, Optional.of(modified), Optional.empty(), Optional.empty(), isChosen);
    }

    /** What a server does not open it does not remove either; a link of this machine goes like a file. */
    boolean isOutOfReach() {
        return kind == Kind.REFUSED && there.isPresent();
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
