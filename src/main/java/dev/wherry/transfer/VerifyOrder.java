package dev.wherry.transfer;

import dev.wherry.auth.Principal;
import dev.wherry.path.VirtualPath;

/**
 * A file that is to be read again.
 *
 * @param address of the peer, without its port
 * @param door {@code console} or {@code web}
 */
public record VerifyOrder(Principal who, String address, String door, VirtualPath path) {}
