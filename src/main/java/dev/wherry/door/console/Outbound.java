package dev.wherry.door.console;

import dev.wherry.protocol.Reply;
import dev.wherry.protocol.ReplyLine;
import dev.wherry.transfer.Backlog;
import dev.wherry.transfer.SendQueue;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;

/**
 * What goes to the client: lines and payload, in order, no faster than the client takes them. What is small is gathered
 * until the event loop has nothing else to do, because each write on its own costs a record and a system call.
 */
final class Outbound {
    /** Of a download alone: enough to keep the socket busy while the next piece is read. */
    static final int MOST_BYTES = 1 << 20;

    /** Of anything else, such as a list, of which many may be open with nobody who reads them. */
    static final int QUEUE_BYTES = 64 * 1024;

    /** One TLS record. */
    private static final int GATHERED_BYTES = 16 * 1024;

    private final NetSocket socket;
    private final SendQueue queue;
    private final Context context;
    private Buffer gathered = Buffer.buffer();
    private boolean flushing;
    private final Backlog backlog = new Backlog(QUEUE_BYTES);
    private int room = QUEUE_BYTES;
    private boolean closed;

    Outbound(NetSocket socket, Context context) {
        this.socket = socket;
        this.queue = new SendQueue(socket);
        this.context = context;
        socket.setWriteQueueMaxSize(QUEUE_BYTES);
    }

    void send(Reply reply) {
        if (!closed) {
            gather((ReplyLine.write(reply) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Sends content; a large buffer is handed on as it is. */
    void write(Buffer bytes) {
        if (closed) {
            return;
        }
        if (bytes.length() < GATHERED_BYTES) {
            gather(bytes.getBytes());
        } else {
            flush();
            backlog.add(bytes.length(), socket.write(bytes));
        }
    }

    private void gather(byte[] bytes) {
        gathered.appendBytes(bytes);
        if (gathered.length() >= GATHERED_BYTES) {
            flush();
        } else if (!flushing) {
            flushing = true;
            context.runOnContext(ignored -> {
                flushing = false;
                flush();
            });
        }
    }

    private void flush() {
        if (gathered.length() > 0 && !closed) {
            backlog.add(gathered.length(), socket.write(gathered));
            gathered = Buffer.buffer();
        }
    }

    /** Bytes that were sent and not taken by the client yet. */
    long queued() {
        return gathered.length() + queue.bytes();
    }

    /** Done when nothing of what was sent so far waits in this process any more. */
    Future<Void> left() {
        flush();
        return backlog.left();
    }

    /** Bytes that may wait from now on before nothing more should be sent. */
    void room(int bytes) {
        if (bytes != room && !closed) {
            room = bytes;
            backlog.most(bytes);
            socket.setWriteQueueMaxSize(bytes);
        }
    }

    boolean isFull() {
        return backlog.isFull();
    }

    /** Succeeds when the client can be sent more; fails when it is gone. */
    Future<Void> ready() {
        return backlog.ready();
    }

    /** The connection is gone: whoever waits to send more need not. */
    void lost() {
        closed = true;
        backlog.lost();
    }
}
