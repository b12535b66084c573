package dev.wherry.transfer;

import dev.wherry.auth.Principal;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.StorageRequest.Reserve;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a door asks of the engine for one upload.
 *
 * @param address of the peer, without its port
 * @param door {@code console} or {@code web}
 * @param size in bytes, when known
 * @param source what the client calls the file at its end
 */
public record UploadOrder(
        Principal who,
        String address,
        String door,
        VirtualPath path,
        OptionalLong size,
        Precondition expected,
        boolean parents,
        Optional<Instant> modified,
        Optional<String> source) {

    /** What that asks of storage first. */
    Reserve reserve() {
        return new Reserve(who, path, size, expected, parents, modified, source);
    }
}
