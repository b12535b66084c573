package dev.wherry.client;

import dev.wherry.path.Etag;
import dev.wherry.path.Sha256;
import java.time.Instant;

/**
 * A download that has arrived whole and was compared with the server's digest.
 *
 * @param size in bytes
 * @param sha256 that both ends computed
 * @param seconds from the request to the last byte, as seen here
 */
public record Downloaded(long size, Sha256 sha256, double seconds, Instant modified, Etag etag) {
    Downloaded within(double time) {
        return new Downloaded(size, sha256, time, modified, etag);
    }
}
