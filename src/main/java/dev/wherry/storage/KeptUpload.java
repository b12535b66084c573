package dev.wherry.storage;

import dev.wherry.path.Precondition;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.UploadId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An upload as the database remembers it.
 *
 * @param path where it is to be published, or was
 * @param size of the whole in bytes, when it is known
 * @param modified of the source, as its sender said
 * @param source what its sender called it
 * @param metadata what its sender wants to be told again, in their own words
 * @param durable bytes that survive a power cut
 * @param sha256 of the whole, once it is sealed
 * @param promised the digest of the whole as its sender said it beforehand
 * @param sameBoot whether the kernel that wrote its bytes still runs, and so has those that are not durable yet
 */
public record KeptUpload(
        UploadId id,
        VirtualPath path,
        OptionalLong size,
        Precondition expected,
        boolean parents,
        Optional<Instant> modified,
        Optional<String> source,
        Optional<String> metadata,
        UploadTable.State state,
        long durable,
        Optional<Sha256> sha256,
        Optional<Sha256> promised,
        boolean sameBoot,
        Instant begun,
        Instant expires) {
    /** Whether somebody sends it right now. */
    public boolean isRunning() {
        return state == UploadTable.State.ACTIVE;
    }

    /** The same, as it is known to stand by now. */
    KeptUpload standing(UploadTable.State now, long bytes) {
        return new KeptUpload(
                id, path, size, expected, parents, modified, source, metadata, now, bytes, sha256, promised, sameBoot,
                begun, expires);
    }

    /** Whether only what is durable may be believed of what its part file holds. */
    boolean isDoubtful() {
        return !sameBoot || state == UploadTable.State.SUSPECT;
    }
}
