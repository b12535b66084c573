package dev.wherry.storage;

import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.Storage.Reservation;
import dev.wherry.storage.backend.Entry;
import java.util.Optional;

/** The answer to who would go on with an upload. */
public sealed interface Resumption {
    /**
     * It may go on, from what the backend has of it.
     *
     * @param as what it is by now: where it will be published, and over what
     * @param durable bytes that would survive a power cut
     * @param promised the digest of the whole, once a sender has said it: nothing else is published
     */
    record Going(Reservation reservation, StorageRequest.Reserve as, long durable, Optional<Sha256> promised)
            implements Resumption {}

    /** It was published before; whoever lost the answer may have it again. */
    record Finished(VirtualPath path, Entry entry) implements Resumption {}
}
