package dev.wherry.storage.backend;

import dev.wherry.path.Sha256;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the sender of an upload promised about it.
 *
 * @param size in bytes, when it was known beforehand
 * @param sha256 as the sender computed it; some clients of the web door send none
 * @param modified of the source; else the time of sealing
 */
public record Seal(OptionalLong size, Optional<Sha256> sha256, Optional<Instant> modified) {}
