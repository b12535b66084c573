package dev.wherry.transfer;

import dev.wherry.storage.backend.DirectPieces;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What has arrived of one upload and waits to be written: copied once, into blocks that the system can write as they
 * are. So what it came in is free again at once, and a peer that sends bytes singly costs little more than one that
 * does not. Confined to the context of its upload.
 */
final class Gathering {
    /** Of a block outside the heap, in bytes: about what one read from a socket brings. */
    static final int BLOCK_BYTES = 64 * 1024;

    /** Below this an array of just that length will do, if nothing comes after it: most files are small. */
    private static final int SMALL_BYTES = 32 * 1024;

    private static final int LEAST_BYTES = 256;

    /** As many blocks as an upload must be able to hold before it gets such: fewer would be full too soon. */
    private static final int BLOCKS_AT_LEAST = 4;

    private final DirectPieces pieces;
    private List<ByteBuffer> blocks = new ArrayList<>();
    private long bytes;
    private long held;

    Gathering(DirectPieces pieces) {
        this.pieces = pieces;
    }

    /**
     * Blocks that are written together.
     *
     * @param bytes in them, in order
     * @param held bytes of memory, filled or not
     */
    record Batch(List<ByteBuffer> blocks, long bytes, long held) {}

    /**
     * Copies all that remains.
     *
     * @param room bytes that the upload may hold
     */
    void add(ByteBuffer arrived, long room) {
        while (arrived.hasRemaining()) {
            if (blocks.isEmpty() || !blocks.getLast().hasRemaining()) {
                blocks.add(block(arrived.remaining(), room));
                held += blocks.getLast().capacity();
            }
            var block = blocks.getLast();
            int count = Math.min(block.remaining(), arrived.remaining());
            block.put(block.position(), arrived, arrived.position(), count);
            block.position(block.position() + count);
            arrived.position(arrived.position() + count);
            bytes += count;
        }
    }

    private ByteBuffer block(int wanted, long room) {
        boolean isLarge = wanted >= SMALL_BYTES || !blocks.isEmpty();
        int length = Math.clamp(wanted, LEAST_BYTES, BLOCK_BYTES);
        return isLarge && room >= (long) BLOCKS_AT_LEAST * BLOCK_BYTES
                ? pieces.take().orElseGet(() -> ByteBuffer.allocate(length))
                : ByteBuffer.allocate(length);
    }

    /** Bytes that wait. */
    long bytes() {
        return bytes;
    }

    /** Bytes of memory that they take. */
    long held() {
        return held;
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    /** All that waits; what comes from now on begins anew. To be given back once it is written. */
    Batch take() {
        blocks.forEach(ByteBuffer::flip);
        var batch = new Batch(blocks, bytes, held);
        blocks = new ArrayList<>();
        bytes = 0;
        held = 0;
        return batch;
    }

    /** Nobody reads the blocks of this batch any more. */
    void giveBack(Batch batch) {
        batch.blocks().forEach(pieces::giveBack);
    }
}
