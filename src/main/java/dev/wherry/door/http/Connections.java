package dev.wherry.door.http;

import dev.wherry.auth.Places;
import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.config.Config;
import dev.wherry.metrics.ConnectionEvent;
import dev.wherry.transfer.Arrivals;
import dev.wherry.transfer.Room;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The open connections of one event loop: no more than {@link Places} has, none with endless requests ahead of its
 * answers (see {@link Pipelining} and {@link Streams}), and each shows a whole request header in good time, counted
 * from its opening, and over HTTP/1.1 from the first byte of each further header. An idle time-out alone would let a
 * header live that arrives a byte at a time.
 */
final class Connections {
    /** Vert.x's name for what reads HTTP/1.1. */
    private static final String DECODER = "httpDecoder";

    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Bus bus;
    private final Places places;
    private final Config.Http limits;
    private final Room requests;

    /** Only the context's thread. */
    private final Map<HttpConnection, Open> open = new HashMap<>();

    Connections(Vertx vertx, HttpParts parts) {
        this.vertx = vertx;
        this.bus = parts.bus();
        this.places = parts.places();
        this.limits = parts.config().http();
        this.requests = parts.transfers().requests();
    }

    /** Counts a connection in, or closes it at once: it comes here after its handshake, which is not ours to stop. */
    void opened(HttpConnection connection) {
        var address = Peer.shown(connection.remoteAddress().hostAddress());
        boolean isProxy = Peer.isTrusted(address, limits.trustedProxies());
        if (!(isProxy ? places.admitProxy() : places.admit(address))) {
            connection.close();
            return;
        }
        var entered = new Open(address, !isProxy);
        open.put(connection, entered);
        expectHeader(connection, entered);
        watchForHeaders(connection, entered);
        boundStreams(connection);
        bus.tell(Event.HAPPENED, new ConnectionEvent(true, HttpParts.DOOR, address));
        // Not the connection's own close handler, which a WebSocket that takes the connection over never calls.
        var context = vertx.getOrCreateContext();
        channel(connection).closeFuture().addListener(end -> context.runOnContext(ignored -> closed(connection)));
        connection.exceptionHandler(failure -> Troubles.log(failure, address));
    }

    /** What carries it, which Vert.x does not show. */
    static Channel channel(HttpConnection connection) {
        return ((HttpServerConnection) connection).channelHandlerContext().channel();
    }

    private void expectHeader(HttpConnection connection, Open one) {
        one.timer = vertx.setTimer(limits.headerTimeout().toMillis(), late -> connection.close());
    }

    private void boundStreams(HttpConnection connection) {
        var pipeline =
                ((HttpServerConnection) connection).channelHandlerContext().pipeline();
        var multiplex = pipeline.context(Http2MultiplexHandler.class);
        if (multiplex != null) {
            pipeline.addBefore(multiplex.name(), "streams", new Streams(HttpVerticle.STREAMS, requests.share()));
        }
    }

    private void watchForHeaders(HttpConnection connection, Open one) {
        var handler = ((HttpServerConnection) connection).channelHandlerContext();
        var pipeline = handler.pipeline();
        if (pipeline.get(DECODER) != null) {
            pipeline.addBefore(handler.name(), "pipelining", new Pipelining());
            Arrivals.at(handler);
            pipeline.addBefore(DECODER, "firstBytes", new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object bytes) {
                    if (one.isBetweenRequests() && !isUpgraded(pipeline)) {
                        expectHeader(connection, one);
                    }
                    context.fireChannelRead(bytes);
                }
            });
        }
    }

    private static boolean isUpgraded(ChannelPipeline pipeline) {
        return pipeline.get(DECODER) == null || pipeline.get(WebSocketFrameDecoder.class) != null;
    }

    void asked(HttpServerRequest request) {
        Optional.ofNullable(open.get(request.connection())).ifPresent(one -> {
            vertx.cancelTimer(one.timer);
            one.timer = NO_TIMER;
            one.latest = Optional.of(request);
        });
    }

    /** Somebody who may do something asked on it. */
    void known(HttpServerRequest request) {
        Optional.ofNullable(open.get(request.connection()))
                .filter(one -> one.isStranger)
                .ifPresent(one -> {
                    one.isStranger = false;
                    places.known(one.address);
                });
    }

    /** Ends all of them: what was said to them has had its time to leave. */
    void cut() {
        List.copyOf(open.keySet()).forEach(Connections::cut);
    }

    /** Vert.x's own close waits for what is still to be written, and so for readers who take nothing. */
    static void cut(HttpConnection connection) {
        var _ = ((HttpServerConnection) connection).channelHandlerContext().close();
    }

    private void closed(HttpConnection connection) {
        Optional.ofNullable(open.remove(connection)).ifPresent(one -> {
            vertx.cancelTimer(one.timer);
            places.closed(one.address, one.isStranger);
            bus.tell(Event.HAPPENED, new ConnectionEvent(false, HttpParts.DOOR, one.address));
        });
    }

    private static final class Open {
        private final String address;
        private boolean isStranger;
        /** Closes it unless a header comes first. */
        private long timer = NO_TIMER;
        /** Over HTTP/1.1, where one comes after the other, the last one. */
        private Optional<HttpServerRequest> latest = Optional.empty();

        private Open(String address, boolean isStranger) {
            this.address = address;
            this.isStranger = isStranger;
        }

        /** Whether what comes next is a header, and nobody waits for it yet. */
        private boolean isBetweenRequests() {
            return timer == NO_TIMER
                    && latest.filter(request ->
                                    request.isEnded() && request.response().ended())
                            .isPresent();
        }
    }
}
