package dev.wherry.client;

import dev.wherry.path.Sha256;

/**
 * An upload that the server has published.
 *
 * @param size in bytes
 * @param sha256 that both ends computed
 * @param seconds from the request to the answer, as seen here
 * @param entry as the server now has it
 */
public record Uploaded(long size, Sha256 sha256, double seconds, RemoteEntry entry) {}
