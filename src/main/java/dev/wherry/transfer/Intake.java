package dev.wherry.transfer;

import io.netty.channel.Channel;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/**
 * Whether more is read from a connection. A stream that is paused hands nothing on, but Vert.x goes on reading for it,
 * up to a megabyte, which a few hundred uploads do not have; what is not read is kept by the system, and holds the peer
 * up. Belongs to the connection's event loop.
 */
public final class Intake {
    private final Channel channel;

    public Intake(NetSocket socket) {
        this(((NetSocketInternal) socket).channelHandlerContext().channel());
    }

    public Intake(Channel channel) {
        this.channel = channel;
    }

    /** Nothing more: the stream above is paused. */
    public void close() {
        channel.config().setAutoRead(false);
    }

    /** Whatever comes: the stream above was resumed. */
    public void open() {
        channel.config().setAutoRead(true);
    }
}
