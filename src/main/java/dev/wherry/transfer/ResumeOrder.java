package dev.wherry.transfer;

import dev.wherry.auth.Principal;
import dev.wherry.path.Precondition;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.UploadId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a door asks of the engine to go on with an upload, whichever door it was begun at.
 *
 * @param address of the peer, without its port
 * @param door {@code console} or {@code web}
 * @param size of the source now, in bytes, where the sender knows it
 * @param modified of the source now, the same
 * @param to another name to publish it under
 * @param expected what may be there, if not what was said before
 * @param promised the digest of the whole, if it is said by now, and not what was said before
 */
public record ResumeOrder(
        Principal who,
        String address,
        String door,
        UploadId upload,
        OptionalLong size,
        Optional<Instant> modified,
        Optional<VirtualPath> to,
        Optional<Precondition> expected,
        Optional<Sha256> promised) {}
