package dev.wherry.transfer;

import dev.wherry.auth.Principal;
import dev.wherry.path.Etag;
import dev.wherry.path.VirtualPath;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a door asks of the engine for one download.
 *
 * @param address of the peer, without its port
 * @param door {@code console} or {@code web}
 * @param offset of the first byte that is wanted
 * @param length in bytes; empty for all from the offset on
 * @param expected the only version that is wanted, if any
 */
public record DownloadOrder(
        Principal who,
        String address,
        String door,
        VirtualPath path,
        long offset,
        OptionalLong length,
        Optional<Etag> expected) {}
