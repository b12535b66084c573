package dev.wherry.door.console;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/**
 * How a connection ends whose peer may still be sending. Closed at once, the system answers what nobody has read with a
 * reset, and that throws away what is on its way to the peer: the very answer that says why (RFC 9112, 9.6, has the
 * same of HTTP). So it is said that nothing follows, what comes is read and dropped, and the connection closes when the
 * peer has heard, or after a while.
 */
final class Farewell {
    private static final long PATIENCE_MILLIS = 2_000;

    private Farewell() {}

    /** To be said when all has been sent, while what comes is being read. */
    static void say(NetSocket socket, Vertx vertx) {
        var channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
        long timer = vertx.setTimer(PATIENCE_MILLIS, ignored -> socket.close());
        channel.closeFuture().addListener(closed -> vertx.cancelTimer(timer));
        endOfCipher(channel).addListener(said -> endOfStream(channel));
    }

    private static ChannelFuture endOfCipher(Channel channel) {
        var tls = channel.pipeline().get(SslHandler.class);
        return tls == null ? channel.newSucceededFuture() : tls.closeOutbound();
    }

    private static void endOfStream(Channel channel) {
        if (channel instanceof DuplexChannel both) {
            var _ = both.shutdownOutput();
        } else {
            var _ = channel.close();
        }
    }
}
