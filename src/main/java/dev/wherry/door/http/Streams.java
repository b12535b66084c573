package dev.wherry.door.http;

import dev.wherry.transfer.Room;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamEvent;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2Stream.State;
import java.util.HashMap;
import java.util.Map;

/**
 * Requests of one HTTP/2 connection that are not done with: at most so many, as the protocol counts them only once the
 * peer has confirmed the limit, and of all connections no more than there is memory for, as a peer can hold each up for
 * as long as it likes, with a header as long as any. What is too much is refused as not looked at, so that a client may
 * ask again (RFC 9113, 8.7); Netty cuts off who goes on and on.
 */
final class Streams extends ChannelInboundHandlerAdapter {
    /** About what a request takes beside its header. */
    private static final long REQUEST_MEMORY = 4096;

    private final int most;
    private final Room.Share room;
    /** What each takes. */
    private final Map<Http2FrameStream, Long> open = new HashMap<>();

    private long held;

    Streams(int most, Room.Share room) {
        this.most = most;
        this.room = room;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        // What comes on a stream that is known already are trailers.
        if (message instanceof Http2HeadersFrame frame && !open.containsKey(frame.stream())) {
            long takes = REQUEST_MEMORY + length(frame.headers());
            if (open.size() == most || !room.fits(held + takes)) {
                var _ = context.writeAndFlush(
                        new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM).stream(frame.stream()));
                return;
            }
            held += takes;
            open.put(frame.stream(), takes);
        }
        context.fireChannelRead(message);
    }

    private static long length(Http2Headers headers) {
        long length = 0;
        for (var header : headers) {
            length += header.getKey().length() + header.getValue().length();
        }
        return length;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Http2FrameStreamEvent changed && changed.stream().state() == State.CLOSED) {
            var gone = open.remove(changed.stream());
            if (gone != null) {
                held -= gone;
                room.fits(held);
            }
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        room.end();
    }
}
