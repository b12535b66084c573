package dev.wherry.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.fault.FaultException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BacklogTest {
    private static final int MOST = 64 * 1024;
    private static final int PIECE = 80 * 1024;
    /** More than the system takes for a reader who does not read. */
    private static final int FILLER = 16 << 20;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void itIsFullWithAsManyBytesAsItMayHave() {
        var backlog = new Backlog(100);
        var first = Promise.<Void>promise();
        var second = Promise.<Void>promise();
        backlog.add(99, first.future());
        assertThat(backlog.ready().succeeded()).isTrue();
        backlog.add(1, second.future());
        assertThat(backlog.isFull()).isTrue();
        var ready = backlog.ready();
        assertThat(ready.isComplete()).isFalse();
        second.complete();
        assertThat(ready.succeeded()).isTrue();
        assertThat(backlog.bytes()).isEqualTo(99);
    }

    @Test
    void whatCouldNotBeWrittenDoesNotWait() {
        var backlog = new Backlog(100);
        backlog.add(1000, Future.failedFuture(new IOException("reset")));
        assertThat(backlog.bytes()).isZero();
        assertThat(backlog.ready().succeeded()).isTrue();
    }

    @Test
    void moreRoomLetsThoseGoOnWhoWait() {
        var backlog = new Backlog(100);
        backlog.add(150, Promise.<Void>promise().future());
        var ready = backlog.ready();
        backlog.most(150);
        assertThat(ready.isComplete()).isFalse();
        backlog.most(151);
        assertThat(ready.succeeded()).isTrue();
    }

    @Test
    void lessRoomHoldsBackThoseWhoAskThen() {
        var backlog = new Backlog(1000);
        var written = Promise.<Void>promise();
        backlog.add(150, written.future());
        backlog.most(100);
        assertThat(backlog.isFull()).isTrue();
        var ready = backlog.ready();
        assertThat(ready.isComplete()).isFalse();
        written.complete();
        assertThat(ready.succeeded()).isTrue();
    }

    @Test
    void whoWaitsForAPeerThatIsGoneHearsSo() {
        var backlog = new Backlog(100);
        backlog.add(150, Promise.<Void>promise().future());
        var ready = backlog.ready();
        backlog.lost();
        assertThat(ready.cause()).isInstanceOf(FaultException.class);
        assertThat(backlog.ready().failed()).isTrue();
    }

    @Test
    void oneLargeMessageIsEnoughForAReaderWhoDoesNotRead() throws Exception {
        assertThat(takes(true)).isEqualTo(1);
    }

    /** The control: what the connection itself calls full. */
    @Test
    void theConnectionTakesMessagesByTheirNumber() throws Exception {
        assertThat(takes(false)).isGreaterThan(10);
    }

    /** How many pieces go into a connection whose channel takes nothing more, before it is full. */
    private int takes(boolean counted) throws Exception {
        var taken = Promise.<Integer>promise();
        var server = vertx.createNetServer()
                .connectHandler(socket -> taken.complete(fill(socket, counted)))
                .listen(0, "localhost")
                .await();
        try (var reader = new Socket()) {
            reader.setReceiveBufferSize(8 * 1024);
            reader.connect(new InetSocketAddress("localhost", server.actualPort()));
            return taken.future().await(30, TimeUnit.SECONDS);
        }
    }

    private static int fill(NetSocket socket, boolean counted) {
        socket.setWriteQueueMaxSize(MOST);
        var backlog = new Backlog(MOST);
        socket.write(Buffer.buffer(new byte[FILLER]));
        int pieces = 0;
        while (counted ? !backlog.isFull() : !socket.writeQueueFull()) {
            backlog.add(PIECE, socket.write(Buffer.buffer(new byte[PIECE])));
            pieces++;
        }
        return pieces;
    }
}
