package dev.wherry.storage.backend.disk;

import dev.wherry.path.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.List;

/**
 * The digest of a part file as far as it has come. It goes along with what is written; of an upload that was resumed it
 * may be behind, and then reads what it missed from the file, piece by piece, while new bytes flow. One thread at a
 * time.
 */
final class PartDigest {
    /** A few milliseconds' work: new bytes do not wait longer for their turn. */
    private static final int PIECE_BYTES = 4 << 20;

    private MessageDigest digest = Sha256.digest();
    private long hashed;

    /** Where {@link #back} leads. */
    private MessageDigest markedDigest = digest;

    private long markedHashed;

    /** How many bytes from the start of the file are in it. */
    long hashed() {
        return hashed;
    }

    /**
     * Takes bytes that are written at this offset; when it is behind, it will find them in the file.
     *
     * @param bytes looked at, not consumed
     */
    void add(List<ByteBuffer> bytes, long offset) {
        if (offset != hashed) {
            return;
        }
        for (var buffer : bytes) {
            hashed += buffer.remaining();
            Sha256.feed(digest, buffer);
        }
    }

    /**
     * Reads one piece of what it missed.
     *
     * @param written how many bytes the file has
     * @return whether it is still behind
     */
    boolean catchUp(FileChannel file, long written) throws IOException {
        var piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, written - hashed));
        while (piece.hasRemaining()) {
            if (file.read(piece, hashed + piece.position()) < 0) {
                throw new IOException("the part file is shorter than it was: somebody else wrote into it");
            }
        }
        digest.update(piece.flip());
        hashed += piece.limit();
        return hashed < written;
    }

    /** Remembers how far it is by now. */
    void mark() {
        markedDigest = copy(digest);
        markedHashed = hashed;
    }

    /** Forgets what came after the mark. */
    void back() {
        digest = copy(markedDigest);
        hashed = markedHashed;
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the platform's SHA-256 can be copied", impossible);
        }
    }

    /** Ends it. */
    Sha256 value() {
        return Sha256.of(digest);
    }
}
