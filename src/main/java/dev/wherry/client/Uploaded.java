package dev.wherry.client;

import dev.wherry.path.Sha256;

/**
 * An upload that the server has published.
 *
 * @param size in bytes
 * @param sha256 that both ends computed
 * @param before bytes of it that the server had from an earlier command, and that did not go now
 * @param seconds that the rest took, from the request to the answer, as seen here
 * @param entry as the server now has it
 */
public record Uploaded(long size, long before, Sha256 sha256, double seconds, RemoteEntry entry) {
    /** All of it went now. */
    Uploaded(long size, Sha256 sha256, double seconds, RemoteEntry entry) {
        this(size, 0, sha256, seconds, entry);
    }
}
