package dev.wherry.door.http;

import dev.wherry.fault.Fault;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The checksum that the sender of a part promised, and what came so far (tus 1.0.0, extension checksum). */
final class TusChecksum {
    /** What a part with a checksum may have at most, in bytes: it is taken back when the checksum is wrong. */
    static final long MAX_PART = 64L << 20;

    static final String ALGORITHMS = "sha1,sha256";
    private static final Map<String, String> NAMES = Map.of("sha1", "SHA-1", "sha256", "SHA-256");

    private final MessageDigest digest;
    private final byte[] promised;
    private long length;

    private TusChecksum(MessageDigest digest, byte[] promised) {
        this.digest = digest;
        this.promised = promised;
    }

    /** @param header {@code algorithm base64} */
    static Optional<TusChecksum> of(Optional<String> header) {
        return header.map(String::strip).map(TusChecksum::parse);
    }

    private static TusChecksum parse(String text) {
        int space = text.indexOf(' ');
        var name = (space < 0 ? text : text.substring(0, space)).toLowerCase(Locale.ROOT);
        var algorithm = NAMES.get(name);
        if (algorithm == null) {
            throw Fault.MALFORMED
                    .because("this server does not know the checksum \"" + name + "\"; it knows " + ALGORITHMS)
                    .with("known", ALGORITHMS);
        }
        try {
            var digest = MessageDigest.getInstance(algorithm);
            var promised = Base64.getDecoder().decode(text.substring(space + 1).strip());
            if (space < 0 || promised.length != digest.getDigestLength()) {
                throw new IllegalArgumentException("too short or too long");
            }
            return new TusChecksum(digest, promised);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every platform has " + algorithm, impossible);
        } catch (IllegalArgumentException none) {
            throw Fault.MALFORMED.because("Upload-Checksum is an algorithm, a space, and the digest in base64", none);
        }
    }

    /** Takes what came, without consuming it; {@code too-large} when a part with a checksum must not be as long. */
    void add(ByteBuffer bytes) {
        length += bytes.remaining();
        demandAllowed(length);
        digest.update(bytes);
    }

    static void demandAllowed(long length) {
        if (length > MAX_PART) {
            throw Fault.TOO_LARGE
                    .because("a part with a checksum has at most " + MAX_PART + " bytes; send smaller ones")
                    .with("limit", MAX_PART);
        }
    }

    /** Whether all that came is what was promised; ends it. */
    boolean isRight() {
        return MessageDigest.isEqual(digest.digest(), promised);
    }
}
