package dev.wherry.protocol;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import java.util.Optional;

/** A line between the chunks of a data phase, in either direction; read and written without its LF. */
public sealed interface ChunkHeader {
    /** The most bytes that one chunk may have. */
    int MAX_CHUNK_BYTES = 1_048_576;

    /** So many bytes of content follow this line: one at least, {@link #MAX_CHUNK_BYTES} at most. */
    record Bytes(int count) implements ChunkHeader {}

    /** All content was sent. The digest is that of the whole file; {@code -} on the wire where there is none to add. */
    record End(Optional<Sha256> digest) implements ChunkHeader {}

    /** All content was sent, and what stands where its digest should be is none: the two sides still keep step. */
    record BadEnd(FaultException fault) implements ChunkHeader {}

    /** Nothing, but a sign of life. */
    record KeepAlive() implements ChunkHeader {}

    /** The sender ends the data phase before its content does. */
    record GivenUp(Optional<String> reason) implements ChunkHeader {}

    /**
     * Reads one line.
     *
     * @throws FaultException {@link Fault#MALFORMED} or {@link Fault#CHUNK_TOO_LONG}: where the next line begins cannot
     *     be known any more, and the connection must be closed
     */
    static ChunkHeader parse(String line) {
        return parse(line, MAX_CHUNK_BYTES);
    }

    /** The same, for a receiver that takes chunks of at most so many bytes. */
    static ChunkHeader parse(String line, int maxChunkBytes) {
        if (line.isEmpty()) {
            return new KeepAlive();
        }
        if (line.charAt(0) == '!') {
            return new GivenUp(reason(line));
        }
        if (line.equals("0") || line.startsWith("0 ")) {
            return end(line.substring(Math.min(line.length(), 2)));
        }
        if (!Decimal.isNumber(line)) {
            throw Fault.MALFORMED.because("where the length of a chunk was expected stands " + Words.shown(line)
                    + "; the connection is closed, because what follows cannot be told from requests");
        }
        long count = Decimal.parse(line).orElse(Long.MAX_VALUE);
        if (count > maxChunkBytes) {
            throw Fault.CHUNK_TOO_LONG
                    .because("a chunk is longer than " + maxChunkBytes + " bytes; the connection is closed")
                    .with("limit", (long) maxChunkBytes);
        }
        return new Bytes((int) count);
    }

    /** @throws IllegalArgumentException for a {@link BadEnd}, or a count of bytes that no chunk can have */
    static String write(ChunkHeader header) {
        return switch (header) {
            case Bytes(int count)
            when count < 1 || count > MAX_CHUNK_BYTES ->
                throw new IllegalArgumentException("a chunk cannot have " + count + " bytes");
            case Bytes(int count) -> Integer.toString(count);
            case End(var digest) -> "0 " + digest.map(Sha256::hex).orElse("-");
            case KeepAlive() -> "";
            case GivenUp(var reason) ->
                reason.map(text -> "! " + Words.quote(text)).orElse("!");
            case BadEnd ignored -> throw new IllegalArgumentException("an end mark that is none cannot be written");
        };
    }

    private static ChunkHeader end(String digest) {
        if (digest.equals("-")) {
            return new End(Optional.empty());
        }
        try {
            return new End(Optional.of(new Sha256(lowerCase(digest))));
        } catch (FaultException noDigest) {
            return new BadEnd(withoutDigest(digest));
        }
    }

    private static FaultException withoutDigest(String digest) {
        return Fault.MALFORMED.because("the end mark is \"0\" and the SHA-256 of the whole file in 64 hexadecimal"
                + " digits, and it said " + Words.shown(digest));
    }

    /** Many languages write hexadecimal digits in upper case. */
    private static String lowerCase(String hex) {
        var lower = new StringBuilder(hex);
        for (int i = 0; i < hex.length(); i++) {
            char c = hex.charAt(i);
            lower.setCharAt(i, c >= 'A' && c <= 'F' ? (char) (c - 'A' + 'a') : c);
        }
        return lower.toString();
    }

    /** A reason that cannot be read is no reason to refuse: the sender gives up either way. */
    private static Optional<String> reason(String line) {
        try {
            var words = Words.of(line, 1);
            return words.size() == 1 && words.getFirst().isPlainlyQuoted()
                    ? Optional.of(words.getFirst().value())
                    : Optional.empty();
        } catch (FaultException unreadable) {
            return Optional.empty();
        }
    }
}
