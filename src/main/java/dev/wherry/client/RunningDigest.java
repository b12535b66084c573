package dev.wherry.client;

import dev.wherry.path.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a whole file that is sent in several attempts: each byte counts once, however often it goes. Owned by
 * one thread at a time.
 */
final class RunningDigest {
    private final MessageDigest digest = Sha256.digest();
    private long hashed;
    private @Nullable Sha256 done;

    /** How many bytes it has seen, from the first on. */
    long hashed() {
        return hashed;
    }

    /** Whether it was asked for, because the source had come to its end. */
    boolean isOver() {
        return done != null;
    }

    /** Takes what it has not seen yet of a chunk that stands at this offset, which may not leave a hole. */
    void update(long at, Chunk chunk) {
        if (at > hashed) {
            throw new IllegalStateException("bytes are missing between " + hashed + " and " + at);
        }
        long seen = Math.min(hashed - at, chunk.length());
        int fresh = (int) (chunk.length() - seen);
        digest.update(chunk.bytes(), chunk.offset() + (int) seen, fresh);
        hashed += fresh;
    }

    /** Reads what it lacks up to this offset, at no pace: it is there already. */
    void readTo(long offset, Source sent, Chunk chunk, BooleanSupplier closed) throws IOException {
        if (hashed >= offset) {
            return;
        }
        var source = sent.unpaced();
        source.position(hashed);
        while (hashed < offset && !closed.getAsBoolean()) {
            int most = (int) Math.min(Chunk.PAYLOAD, offset - hashed);
            int count = source.read(chunk.bytes(), chunk.offset(), most);
            if (count < 0) {
                throw new EOFException("it ends before what was sent of it already");
            }
            chunk.length(count);
            update(hashed, chunk);
        }
    }

    /** Of all that it has seen; nothing more can come then, but what it has seen. */
    Sha256 sha256() {
        var known = done;
        if (known == null) {
            known = Sha256.of(digest);
            done = known;
        }
        return known;
    }
}
