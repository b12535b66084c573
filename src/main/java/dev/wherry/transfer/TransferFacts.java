package dev.wherry.transfer;

import dev.wherry.path.VirtualPath;
import java.util.OptionalLong;

/**
 * What is known of a transfer from its start to its end.
 *
 * @param id of the upload, or a random one for a download
 * @param account who transfers
 * @param address of the peer, without its port
 * @param door {@code console} or {@code web}
 * @param size of the whole file, in bytes, when known
 * @param offset at which this transfer began, in bytes: more than 0 when it was resumed
 */
public record TransferFacts(
        String id,
        Direction direction,
        String account,
        String address,
        String door,
        VirtualPath path,
        OptionalLong size,
        long offset) {
    /** Seen from the server's user. */
    public enum Direction {
        UPLOAD,
        DOWNLOAD
    }
}
