package dev.wherry.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is read of a connection whose stream was paused by the first bytes that came. */
final class IntakeTest {
    private static final int SENT = 8 << 20;
    /** One read of the system, as Netty does it. */
    private static final long ONE_READ = 64 * 1024;

    private static final Duration STILL = Duration.ofMillis(300);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong handed = new AtomicLong();
    private final CountDownLatch paused = new CountDownLatch(1);
    private final CountDownLatch all = new CountDownLatch(1);
    private volatile Runnable resume = () -> {};

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void nothingMoreIsReadWhileItIsClosed() throws Exception {
        try (var client = connected(true)) {
            var sending = send(client);
            assertThat(readWhenStill()).isPositive().isLessThanOrEqualTo(2 * ONE_READ);
            resume.run();
            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
            sending.join();
            assertThat(handed).hasValue(SENT);
        }
    }

    /** The control: what a pause alone lets in. */
    @Test
    void aPauseAloneReadsOn() throws Exception {
        try (var client = connected(false)) {
            var sending = send(client);
            assertThat(readWhenStill()).isGreaterThanOrEqualTo(4 * ONE_READ);
            resume.run();
            sending.join();
        }
    }

    private Socket connected(boolean withIntake) throws Exception {
        var server = vertx.createNetServer()
                .connectHandler(socket -> accept(socket, withIntake))
                .listen(0, "127.0.0.1")
                .await();
        return new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
    }

    private void accept(NetSocket socket, boolean withIntake) {
        var channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
        count(channel, bytes -> read.addAndGet(bytes));
        var intake = new Intake(socket);
        var context = vertx.getOrCreateContext();
        resume = () -> context.runOnContext(ignored -> {
            intake.open();
            socket.resume();
        });
        socket.handler(buffer -> {
            if (handed.getAndAdd(buffer.length()) == 0) {
                socket.pause();
                if (withIntake) {
                    intake.close();
                }
                paused.countDown();
            }
            if (handed.get() == SENT) {
                all.countDown();
            }
        });
    }

    private static void count(Channel channel, Consumer<Integer> bytes) {
        channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                bytes.accept(((ByteBuf) message).readableBytes());
                context.fireChannelRead(message);
            }
        });
    }

    private static Thread send(Socket client) {
        return Thread.ofPlatform().start(() -> {
            try {
                client.getOutputStream().write(new byte[SENT]);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    /** Bytes read, once the stream was paused and nothing more comes. */
    private long readWhenStill() throws InterruptedException {
        assertThat(paused.await(30, TimeUnit.SECONDS)).isTrue();
        long before;
        long now = read.get();
        do {
            before = now;
            assertThat(new CountDownLatch(1).await(STILL.toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
            now = read.get();
        } while (now != before);
        return now;
    }
}
