package dev.wherry.door.console;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.ReplyLine;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;

/** What goes to the client: lines and payload, in order, no faster than the client takes them. */
final class Outbound {
    /** Enough to keep the socket busy while the next piece is read; little enough for thousands of clients. */
    private static final int QUEUE_BYTES = 1 << 20;

    private final NetSocket socket;
    private List<Promise<Void>> waiting = new ArrayList<>();
    private boolean closed;

    Outbound(NetSocket socket) {
        this.socket = socket;
        socket.setWriteQueueMaxSize(QUEUE_BYTES);
        socket.drainHandler(ignored -> drained());
    }

    void send(Reply reply) {
        write(Buffer.buffer(ReplyLine.write(reply) + "\n"));
    }

    void write(Buffer bytes) {
        if (!closed) {
            socket.write(bytes);
        }
    }

    boolean isFull() {
        return socket.writeQueueFull();
    }

    /** Succeeds when the client can be sent more; fails when it is gone. */
    Future<Void> ready() {
        if (closed) {
            return Future.failedFuture(gone());
        }
        if (!isFull()) {
            return Future.succeededFuture();
        }
        var promise = Promise.<Void>promise();
        waiting.add(promise);
        return promise.future();
    }

    private void drained() {
        var released = waiting;
        waiting = new ArrayList<>();
        released.forEach(Promise::tryComplete);
    }

    /** The connection is gone: whoever waits to send more need not. */
    void lost() {
        closed = true;
        var released = waiting;
        waiting = new ArrayList<>();
        released.forEach(promise -> promise.tryFail(gone()));
    }

    private static FaultException gone() {
        return Fault.STOPPED.because("the connection was lost");
    }

    /** Sends what was written, then closes. */
    void close() {
        socket.end();
    }
}
