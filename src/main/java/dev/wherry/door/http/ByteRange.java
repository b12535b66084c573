package dev.wherry.door.http;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of a file that a {@code Range} header asks for (RFC 9110, 14.2).
 *
 * @param first of its bytes
 * @param length in bytes, at least 1
 */
record ByteRange(long first, long length) {
    private static final String UNIT = "bytes=";
    private static final Pattern SPEC = Pattern.compile("([0-9]{0,18})-([0-9]{0,18})");

    /**
     * The one range that is asked for; empty for the whole file, as for another unit, or for several ranges, which
     * nobody has to be sent in parts.
     *
     * @throws FaultException {@code out-of-range} for what means nothing, overlaps, or lies behind the end
     */
    static Optional<ByteRange> of(String header, long size) {
        var text = header.strip();
        if (!text.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return Optional.empty();
        }
        var ranges = new ArrayList<ByteRange>();
        for (var spec : List.of(text.substring(UNIT.length()).split(",", -1))) {
            one(spec.strip(), size).ifPresent(ranges::add);
        }
        if (ranges.isEmpty()) {
            throw outside("none of it lies within the file", size);
        }
        demandApart(ranges, size);
        return ranges.size() == 1 ? Optional.of(ranges.getFirst()) : Optional.empty();
    }

    private static Optional<ByteRange> one(String spec, long size) {
        var match = SPEC.matcher(spec);
        if (!match.matches() || spec.equals("-")) {
            throw outside("\"" + spec + "\" is no range; ask for first-last, first-, or -length", size);
        }
        if (match.group(1).isEmpty()) {
            long length = Math.min(Long.parseLong(match.group(2)), size);
            return length == 0 ? Optional.empty() : Optional.of(new ByteRange(size - length, length));
        }
        long first = Long.parseLong(match.group(1));
        long last = match.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(match.group(2));
        if (last < first) {
            throw outside("\"" + spec + "\" ends before it begins", size);
        }
        return first >= size
                ? Optional.empty()
                : Optional.of(new ByteRange(first, Math.min(last, size - 1) - first + 1));
    }

    private static void demandApart(List<ByteRange> ranges, long size) {
        var sorted = ranges.stream()
                .sorted(Comparator.comparingLong(ByteRange::first))
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).first <= sorted.get(i - 1).last()) {
                throw outside("its ranges overlap", size);
            }
        }
    }

    long last() {
        return first + length - 1;
    }

    /** As an answer says it. */
    String contentRange(long size) {
        return "bytes " + first + "-" + last() + "/" + size;
    }

    private static FaultException outside(String why, long size) {
        return Fault.OUT_OF_RANGE.because("this range cannot be sent: " + why).with("size", size);
    }
}
