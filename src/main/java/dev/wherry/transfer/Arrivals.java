package dev.wherry.transfer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.lang.ref.Cleaner;

/**
 * Lets what a socket has received be read where it lies, in Netty's memory. Vert.x copies all that it hands on into
 * arrays, a fresh one for each buffer: for an upload that is a copy of every byte, and a heap to be collected again and
 * again. So large pieces are passed through it as buffers that are not Netty's to reuse until {@link #done} with them.
 * One that is dropped on the way is given back when it is collected, so none is ever lost.
 */
public final class Arrivals {
    private static final Cleaner COLLECTED = Cleaner.create();

    private Arrivals() {}

    /** From now on, for the connection that ends in this handler, of HTTP/1.1 or of no such protocol. */
    public static void lend(ChannelHandlerContext last) {
        last.pipeline().addBefore(last.name(), "arrivals", new Lending());
    }

    /**
     * Nobody looks at what was received any more. To be said of every buffer that is not kept; ordinary ones do not
     * mind.
     */
    public static void done(Buffer received) {
        for (var bytes = ((BufferInternal) received).getByteBuf(); bytes != null; bytes = bytes.unwrap()) {
            if (bytes instanceof Lent lent) {
                lent.release();
                return;
            }
        }
    }

    private static final class Lending extends ChannelInboundHandlerAdapter {
        /** Below this a copy costs less than a loan. */
        private static final int SMALL_BYTES = 8 * 1024;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.fireChannelRead(
                    switch (message) {
                        case ByteBuf bytes when isWorthIt(bytes) -> new Lent(bytes);
                        case DefaultHttpContent content
                        when isPlain(content) && isWorthIt(content.content()) ->
                            content.replace(new Lent(content.content()));
                        default -> message;
                    });
        }

        /** Neither the last piece, which says more than its bytes, nor one that could not be decoded. */
        private static boolean isPlain(DefaultHttpContent content) {
            return content.getClass() == DefaultHttpContent.class
                    && content.decoderResult().isSuccess();
        }

        private static boolean isWorthIt(ByteBuf bytes) {
            return bytes.readableBytes() >= SMALL_BYTES && bytes.isDirect() && bytes.nioBufferCount() == 1;
        }
    }

    /** Bytes on loan from Netty: they go back when this is released, or nobody can reach it any more. */
    private static final class Lent extends UnpooledDirectByteBuf {
        private final Cleaner.Cleanable loan;

        Lent(ByteBuf bytes) {
            super(UnpooledByteBufAllocator.DEFAULT, bytes.nioBuffer(), bytes.readableBytes());
            this.loan = COLLECTED.register(this, bytes::release);
        }

        @Override
        protected void deallocate() {
            super.deallocate();
            loan.clean();
        }
    }
}
