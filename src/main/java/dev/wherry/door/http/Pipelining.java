package dev.wherry.door.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Requests of one HTTP/1.1 connection that are not done with. Vert.x takes them in by the megabyte, which is thousands
 * in one turn of the event loop, from anybody and whether or not the answers are read; a few dozen such connections
 * would fill the heap. Nobody who reads answers gets near the limit, so whoever passes it is cut off.
 */
final class Pipelining extends ChannelDuplexHandler {
    private static final int MOST = 64;

    private int waiting;
    /** Whether an answer of which this is not the end yet is a provisional one, such as 100. */
    private boolean isProvisional;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            waiting++;
        }
        if (waiting <= MOST) {
            context.fireChannelRead(message);
        } else {
            // What was read together with the one too many still comes here.
            ReferenceCountUtil.release(message);
            var _ = context.close();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            isProvisional = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }
        if (message instanceof LastHttpContent && !isProvisional) {
            // What the request leaves behind is done with in turns of the event loop that come before this one.
            context.executor().execute(() -> waiting--);
        }
        var _ = context.write(message, promise);
    }
}
