package dev.wherry.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A finished transfer as it is kept. Names are text here: what was written stays readable when the rules for names
 * change.
 *
 * @param seq its place in the chain, from 1, without gaps
 * @param size of the whole file, in bytes, when it was known
 * @param offset at which the transfer began, in bytes
 * @param bytes that this transfer moved
 * @param started to the millisecond, as is {@code finished}
 * @param outcome {@code done}, or the code of the fault that ended it
 */
public record HistoryEntry(
        long seq,
        String transfer,
        String direction,
        String account,
        String address,
        String door,
        String path,
        OptionalLong size,
        long offset,
        long bytes,
        Instant started,
        Instant finished,
        Duration took,
        Optional<String> sha256,
        String outcome) {}
