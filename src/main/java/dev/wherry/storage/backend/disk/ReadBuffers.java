package dev.wherry.storage.backend.disk;

import dev.wherry.storage.backend.DirectPieces;
import dev.wherry.storage.backend.LentBytes;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The memory that files are read into: a bounded number of pieces outside the heap, lent to buffers that give them back
 * when a socket has sent them. That saves two copies and the clearing of a fresh array for every byte sent.
 *
 * <p>It is the one place that uses Vert.x's own buffer class: an ordinary {@link Buffer} around foreign memory never
 * tells that it was sent. A buffer that is dropped unsent gives its piece back when it is collected, so none is ever
 * lost; when all are lent, and for small reads, ordinary arrays serve.
 */
final class ReadBuffers {
    static final int PIECE_BYTES = 256 * 1024;

    /** Below this an array is cheaper than a piece withheld from a large read. */
    private static final int SMALL_BYTES = 32 * 1024;

    private final DirectPieces pieces;

    ReadBuffers(int mostPieces) {
        this.pieces = new DirectPieces(PIECE_BYTES, mostPieces);
    }

    /** A buffer of just this length, filled by one read. It may be sent once; after that nothing is in it. */
    Buffer read(int length, Filling filling) throws IOException {
        var piece = length < SMALL_BYTES || length > PIECE_BYTES ? ByteBuffer.allocate(length) : piece(length);
        try {
            filling.fill(piece.limit(length));
        } catch (IOException | RuntimeException failure) {
            pieces.giveBack(piece);
            throw failure;
        }
        return piece.isDirect() ? new BufferOnce(lent(piece.flip())) : Buffer.buffer(piece.array());
    }

    private ByteBuf lent(ByteBuffer piece) {
        return new LentBytes(piece, () -> pieces.giveBack(piece));
    }

    private ByteBuffer piece(int length) {
        return pieces.take().orElseGet(() -> ByteBuffer.allocate(length));
    }

    /** Fills a buffer to its limit, or fails. */
    interface Filling {
        void fill(ByteBuffer bytes) throws IOException;
    }

    /** A buffer whose bytes a socket may let go of, unlike those of any other. */
    private static final class BufferOnce extends BufferImpl {
        private final ByteBuf bytes;

        BufferOnce(ByteBuf bytes) {
            super(bytes);
            this.bytes = bytes;
        }

        @Override
        public ByteBuf getByteBuf() {
            return bytes.slice();
        }
    }
}
