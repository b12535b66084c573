package dev.wherry.path;

import dev.wherry.fault.Fault;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The SHA-256 of a whole file, as 64 lower-case hexadecimal digits. */
public record Sha256(String hex) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /** What is fetched into the cache at once, in bytes: it has to stay there until it is hashed. */
    private static final int FETCHED = 16 * 1024;

    private static final int CACHE_LINE = 64;

    private static final ThreadLocal<byte[]> COPIED = ThreadLocal.withInitial(() -> new byte[FETCHED]);

    public Sha256 {
        if (!HEX.matcher(hex).matches()) {
            throw Fault.MALFORMED.because("a SHA-256 is 64 hexadecimal digits in lower case");
        }
    }

    /** What a digest came to; the digest is reset, as {@link MessageDigest#digest()} does. */
    public static Sha256 of(MessageDigest digest) {
        return new Sha256(HexFormat.of().formatHex(digest.digest()));
    }

    /** A fresh digest to feed. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }

    /**
     * Feeds bytes that another core has written, or that were written a while ago. SHA-256 takes one line of the cache
     * after the other and waits for each that is far away; asked for beforehand they come many at a time. Measured with
     * bytes out of reach of the second-level cache: 1.6 instead of 1.2 GB/s.
     */
    public static void feed(MessageDigest digest, byte[] bytes, int offset, int length) {
        int end = offset + length;
        for (int from = offset; from < end; from += FETCHED) {
            int count = Math.min(FETCHED, end - from);
            fetch(bytes, from, count);
            digest.update(bytes, from, count);
        }
    }

    /** The same for a buffer, which is looked at and not consumed. */
    public static void feed(MessageDigest digest, ByteBuffer bytes) {
        if (bytes.hasArray()) {
            feed(digest, bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } else {
            feedCopied(digest, bytes.duplicate());
        }
    }

    /** What lies outside the heap is copied for hashing in any case; by so much at once it stays in the cache. */
    private static void feedCopied(MessageDigest digest, ByteBuffer rest) {
        var piece = COPIED.get();
        while (rest.hasRemaining()) {
            int count = Math.min(piece.length, rest.remaining());
            rest.get(piece, 0, count);
            digest.update(piece, 0, count);
        }
    }

    private static void fetch(byte[] bytes, int offset, int length) {
        int sum = 0;
        for (int i = offset; i < offset + length; i += CACHE_LINE) {
            sum += bytes[i];
        }
        // Never so, but the compiler does not know: what nobody needs it would not read.
        if (sum == Integer.MIN_VALUE) {
            throw new AssertionError("the sum of so few bytes is small");
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
