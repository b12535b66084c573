package dev.wherry.door.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.transfer.Intake;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a peer hears of the last answer that is slow to read, and still sends what nobody wants. */
final class FarewellTest {
    /** More than a peer with a small window has room for, so that some is with the system when it is all sent. */
    private static final int ANSWER = 64 * 1024;

    private static final int UNWANTED = 32 * 1024;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void theWholeAnswerArrives() throws Exception {
        assertThat(heard(socket -> {
                    new Intake(socket).open();
                    socket.handler(dropped -> {}).resume();
                    Farewell.say(socket, vertx);
                }))
                .isEqualTo(ANSWER);
    }

    /** The control: why a plain end will not do. */
    @Test
    void aPlainEndThrowsTheRestAway() {
        assertThatThrownBy(() -> heard(NetSocket::end)).isInstanceOf(IOException.class);
    }

    /** A peer that never closes does not keep the connection. */
    @Test
    void itIsOverAfterAWhileInAnyCase() throws Exception {
        var closed = new CompletableFuture<Void>();
        try (var peer = connected(
                socket -> {
                    socket.closeHandler(ignored -> closed.complete(null));
                    Farewell.say(socket, vertx);
                },
                new CompletableFuture<>())) {
            peer.getOutputStream().write(new byte[UNWANTED]);
            closed.get(1, TimeUnit.MINUTES);
        }
    }

    private int heard(Consumer<NetSocket> end) throws Exception {
        var ended = new CompletableFuture<Void>();
        try (var peer = connected(end, ended)) {
            peer.getOutputStream().write(new byte[UNWANTED]);
            int all = 0;
            int count;
            var piece = new byte[1024];
            while ((count = peer.getInputStream().read(piece)) > 0) {
                all += count;
                // A slow reader: so the end comes while there is something left to read.
                TimeUnit.MILLISECONDS.sleep(1);
            }
            ended.get(1, TimeUnit.MINUTES);
            return all;
        }
    }

    /** @param ended done when the answer is with the system and the end was said */
    private Socket connected(Consumer<NetSocket> end, CompletableFuture<Void> ended) throws IOException {
        var server = vertx.createNetServer()
                .connectHandler(socket -> {
                    socket.pause();
                    new Intake(socket).close();
                    // Once the peer's bytes are with the system, where nobody reads them.
                    vertx.setTimer(
                            200,
                            late -> socket.write(Buffer.buffer(new byte[ANSWER]))
                                    .onSuccess(sent -> {
                                        end.accept(socket);
                                        ended.complete(null);
                                    }));
                })
                .listen(0, "127.0.0.1")
                .await();
        var peer = new Socket();
        peer.setReceiveBufferSize(4096);
        peer.setSoTimeout(60_000);
        peer.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort()));
        return peer;
    }
}
