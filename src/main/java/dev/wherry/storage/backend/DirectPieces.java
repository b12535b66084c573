package dev.wherry.storage.backend;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Memory outside the heap for bytes on their way between sockets and files: the system reads and writes it as it is,
 * where an array is copied first. A bounded number of pieces of one size, made when they are first needed and used
 * again and again. For many threads.
 */
public final class DirectPieces {
    private final int pieceBytes;
    private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unmade;

    public DirectPieces(int pieceBytes, int most) {
        this.pieceBytes = pieceBytes;
        this.unmade = new AtomicInteger(most);
    }

    /** An empty piece, unless all are lent or the process may have no more such memory. */
    public Optional<ByteBuffer> take() {
        var piece = free.poll();
        if (piece != null) {
            return Optional.of(piece.clear());
        }
        return unmade.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? made() : Optional.empty();
    }

    private Optional<ByteBuffer> made() {
        try {
            return Optional.of(ByteBuffer.allocateDirect(pieceBytes));
        } catch (OutOfMemoryError noneLeft) {
            // Others have it, and will give it back; meanwhile an array does as well.
            unmade.incrementAndGet();
            return Optional.empty();
        }
    }

    /** Nobody uses the piece any more; an ordinary array in its stead is left alone. */
    public void giveBack(ByteBuffer piece) {
        if (piece.isDirect()) {
            free.add(piece);
        }
    }
}
