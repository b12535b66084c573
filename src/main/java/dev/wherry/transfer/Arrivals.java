package dev.wherry.transfer;

import dev.wherry.storage.backend.LentBytes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets what a socket has received be read where it lies, in Netty's memory. Vert.x copies all that it hands on into
 * arrays, a fresh one for each buffer: for an upload that is a copy of every byte, and a heap to be collected again and
 * again. So large pieces are passed through it as buffers that are not Netty's to reuse until {@link #done} with them,
 * while somebody reads who says so.
 *
 * <p>One that is dropped on the way is given back when it is collected. That may be late, and Netty's memory is for
 * everybody: so no more than a part of it is ever on loan, and beyond that Vert.x copies as it would. Belongs to the
 * event loop of its connection.
 */
public final class Arrivals extends ChannelInboundHandlerAdapter {
    /** Bytes on loan from Netty, of all connections. */
    private static final long MOST_LENT = 16L << 20;

    /** Below this a copy costs less than a loan. */
    private static final int SMALL_BYTES = 8 * 1024;

    private static final AtomicLong LENT = new AtomicLong();

    private boolean isLending;

    private Arrivals() {}

    /** For the connection that ends in this handler, of HTTP/1.1 or of no such protocol. Nothing is lent yet. */
    public static Arrivals at(ChannelHandlerContext last) {
        var arrivals = new Arrivals();
        last.pipeline().addBefore(last.name(), "arrivals", arrivals);
        return arrivals;
    }

    /** Those of a connection that has such. */
    public static Optional<Arrivals> of(Channel channel) {
        return Optional.ofNullable(channel.pipeline().get(Arrivals.class));
    }

    /** From now on what is read is lent: whoever reads it says when they are {@link #done}. */
    public void open() {
        isLending = true;
    }

    /** From now on nothing is lent any more: somebody else reads. */
    public void close() {
        isLending = false;
    }

    /** Bytes that are on loan now, of all connections. */
    static long lent() {
        return LENT.get();
    }

    /**
     * Nobody looks at what was received any more. To be said of every buffer that is not kept; ordinary ones do not
     * mind.
     */
    public static void done(Buffer received) {
        for (var bytes = ((BufferInternal) received).getByteBuf(); bytes != null; bytes = bytes.unwrap()) {
            if (bytes instanceof LentBytes lent) {
                lent.release();
                return;
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        context.fireChannelRead(
                switch (message) {
                    case ByteBuf bytes when isWorthIt(bytes) -> lent(bytes);
                    case DefaultHttpContent content
                    when isPlain(content) && isWorthIt(content.content()) -> content.replace(lent(content.content()));
                    default -> message;
                });
    }

    /** Neither the last piece, which says more than its bytes, nor one that could not be decoded. */
    private static boolean isPlain(DefaultHttpContent content) {
        return content.getClass() == DefaultHttpContent.class
                && content.decoderResult().isSuccess();
    }

    private boolean isWorthIt(ByteBuf bytes) {
        return isLending
                && bytes.readableBytes() >= SMALL_BYTES
                && bytes.isDirect()
                && bytes.nioBufferCount() == 1
                && LENT.get() + bytes.readableBytes() <= MOST_LENT;
    }

    private static LentBytes lent(ByteBuf bytes) {
        int length = bytes.readableBytes();
        LENT.addAndGet(length);
        return new LentBytes(bytes.nioBuffer(), () -> {
            LENT.addAndGet(-length);
            bytes.release();
        });
    }
}
