package dev.wherry.storage.backend;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;

/**
 * Memory on loan, as a buffer: it goes back when the count of the buffer's users falls to zero, or nobody can reach it
 * any more; once.
 */
public final class LentBytes extends UnpooledDirectByteBuf {
    private static final Cleaner COLLECTED = Cleaner.create();

    private final Cleaner.Cleanable loan;

    /** @param giveBack must not reach this buffer; runs on the thread that releases it, or on one of its own */
    public LentBytes(ByteBuffer bytes, Runnable giveBack) {
        super(UnpooledByteBufAllocator.DEFAULT, bytes, bytes.remaining());
        this.loan = COLLECTED.register(this, giveBack);
    }

    @Override
    protected void deallocate() {
        super.deallocate();
        loan.clean();
    }
}
