package dev.wherry.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is received is read where it lies, and Netty has it back exactly once, whatever becomes of it. */
@ExtendWith(VertxExtension.class)
class ArrivalsTest {
    private static final int LARGE = 64 * 1024;

    private final List<Object> arrived = new ArrayList<>();
    private final EmbeddedChannel channel = channel();

    private EmbeddedChannel channel() {
        var last = new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                arrived.add(message);
            }
        };
        var made = new EmbeddedChannel(last);
        Arrivals.at(made.pipeline().context(last)).open();
        return made;
    }

    @Test
    void nettyHasItBackWhenItIsDoneWith() {
        var received = received(LARGE);
        channel.writeInbound(received);
        var buffer = BufferInternal.buffer((ByteBuf) arrived.getFirst());
        assertThat(buffer.getByte(LARGE - 1)).isEqualTo((byte) 7);
        assertThat(received.refCnt()).isEqualTo(1);
        Arrivals.done(buffer);
        assertThat(received.refCnt()).isZero();
        assertThatThrownBy(() -> buffer.getByte(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nettyHasBackWhatIsDroppedWhenItIsCollected() {
        var received = received(LARGE);
        channel.writeInbound(received);
        System.gc();
        assertThat(received.refCnt()).as("control: somebody has it").isEqualTo(1);
        arrived.clear();
        await().until(() -> {
            System.gc();
            return received.refCnt() == 0;
        });
    }

    /** What nobody has asked to be lent would not be given back before it is collected. */
    @Test
    void nothingIsLentUnlessSomebodyAsksForIt() {
        var received = received(LARGE);
        Arrivals.of(channel).orElseThrow().close();
        channel.writeInbound(received);
        assertThat(arrived).containsExactly(received);
        received.release();
    }

    /** Netty's memory is for everybody. */
    @Test
    void noMoreIsLentThanItsPart() {
        long before = Arrivals.lent();
        var all = new ArrayList<ByteBuf>();
        for (int i = 0; i < 400; i++) {
            all.add(received(LARGE));
            channel.writeInbound(all.getLast().retain());
        }
        assertThat(Arrivals.lent() - before).isPositive();
        assertThat(Arrivals.lent()).isLessThanOrEqualTo(16L << 20);
        var copied = arrived.stream().filter(all::contains).toList();
        assertThat(copied).as("what is not lent").hasSizeGreaterThan(100);
        arrived.removeAll(copied);
        copied.forEach(ReferenceCountUtil::release);
        arrived.forEach(lent -> Arrivals.done(BufferInternal.buffer((ByteBuf) lent)));
        assertThat(Arrivals.lent()).isEqualTo(before);
        assertThat(all).allSatisfy(bytes -> assertThat(bytes.refCnt()).isEqualTo(1));
        all.forEach(ByteBuf::release);
    }

    @Test
    void littleIsLeftToBeCopied() {
        var received = received(100);
        channel.writeInbound(received);
        assertThat(arrived).containsExactly(received);
        received.release();
    }

    @Test
    void aPieceOfABodyIsLentToo() {
        var received = received(LARGE);
        channel.writeInbound(new DefaultHttpContent(received));
        var content = ((HttpContent) arrived.getFirst()).content();
        assertThat(content).isNotSameAs(received);
        Arrivals.done(BufferInternal.buffer(content));
        assertThat(received.refCnt()).isZero();
    }

    @Test
    void aLastPieceAndABrokenOneAreLeftAsTheyAre() {
        var last = new DefaultLastHttpContent(received(LARGE));
        var broken = new DefaultHttpContent(received(LARGE));
        broken.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("not a chunk")));
        channel.writeInbound(last, broken);
        assertThat(arrived).containsExactly(last, broken);
        last.release();
        broken.release();
    }

    @Test
    void anOrdinaryBufferDoesNotMind() {
        var ordinary = Buffer.buffer("text");
        Arrivals.done(ordinary);
        Arrivals.done(ordinary);
        assertThat(ordinary).hasToString("text");
    }

    /** That Vert.x hands on what is lent as it is; the control is a connection that lends nothing. */
    @Test
    void vertxCopiesNothingOfWhatIsLent(Vertx vertx) {
        var sent = new byte[4 << 20];
        new Random(3).nextBytes(sent);
        assertThat(receive(vertx, sent, true)).as("pieces outside the heap").isPositive();
        assertThat(receive(vertx, sent, false)).as("pieces outside the heap").isZero();
    }

    /** How many pieces lay outside the heap. All of them are compared with what was sent. */
    private static long receive(Vertx vertx, byte[] sent, boolean lent) {
        var direct = new ConcurrentLinkedQueue<Integer>();
        var all = Buffer.buffer();
        var server = vertx.createNetServer()
                .connectHandler(socket -> {
                    if (lent) {
                        Arrivals.at(((NetSocketInternal) socket).channelHandlerContext())
                                .open();
                    }
                    socket.handler(piece -> {
                        all.appendBuffer(piece);
                        if (((BufferInternal) piece).getByteBuf().isDirect()) {
                            direct.add(piece.length());
                        }
                        Arrivals.done(piece);
                    });
                    socket.endHandler(end -> socket.end(Buffer.buffer("done")));
                })
                .listen(0, "127.0.0.1")
                .await();
        var client = vertx.createNetClient();
        var socket = client.connect(server.actualPort(), "127.0.0.1").await();
        socket.end(Buffer.buffer(sent)).await();
        await().until(() -> all.length() == sent.length);
        assertThat(all.getBytes()).isEqualTo(sent);
        client.close().await();
        server.close().await();
        return direct.size();
    }

    /** The same for the body of a request. */
    @Test
    void vertxCopiesNothingOfABodyThatIsLent(Vertx vertx) {
        assertThat(receiveBody(vertx, true)).as("pieces outside the heap").isPositive();
        assertThat(receiveBody(vertx, false)).as("pieces outside the heap").isZero();
    }

    private static long receiveBody(Vertx vertx, boolean lent) {
        var direct = new AtomicLong();
        var server = vertx.createHttpServer(new HttpServerOptions().setMaxChunkSize(LARGE))
                .connectionHandler(connection -> {
                    if (lent) {
                        Arrivals.at(((HttpServerConnection) connection).channelHandlerContext())
                                .open();
                    }
                })
                .requestHandler(request -> {
                    var all = Buffer.buffer();
                    request.handler(piece -> {
                        all.appendBuffer(piece);
                        direct.addAndGet(((BufferInternal) piece).getByteBuf().isDirect() ? 1 : 0);
                        Arrivals.done(piece);
                    });
                    request.endHandler(end -> request.response().end(all));
                })
                .listen(0, "127.0.0.1")
                .await();
        var client = vertx.createHttpClient();
        var sent = new byte[4 << 20];
        new Random(4).nextBytes(sent);
        var answer = client.request(HttpMethod.PUT, server.actualPort(), "127.0.0.1", "/")
                .compose(request -> request.send(Buffer.buffer(sent)))
                .compose(HttpClientResponse::body)
                .await();
        assertThat(answer.getBytes()).isEqualTo(sent);
        client.close().await();
        server.close().await();
        return direct.get();
    }

    private static ByteBuf received(int length) {
        var bytes = PooledByteBufAllocator.DEFAULT.directBuffer(length);
        for (int i = 0; i < length; i++) {
            bytes.writeByte(7);
        }
        return bytes;
    }
}
