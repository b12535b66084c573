package dev.wherry.door.http;

import dev.wherry.transfer.Backlog;
import dev.wherry.transfer.Download;
import dev.wherry.transfer.SendQueue;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;

/** The body of an answer, piece by piece, no faster than the peer takes it. Belongs to one event loop. */
final class ResponseFlow {
    /** Of a download alone: enough to keep the socket busy while the next piece is read. */
    private static final int MOST_BYTES = 1 << 20;

    /** Of anything else, such as a list, of which many may be open with nobody who reads them. */
    private static final int QUEUE_BYTES = 64 * 1024;

    private final HttpServerResponse response;
    private final SendQueue queue;
    private final Backlog backlog = new Backlog(QUEUE_BYTES);
    private int most = QUEUE_BYTES;

    ResponseFlow(HttpServerRequest request) {
        this.response = request.response();
        var connection = (HttpServerConnection) request.connection();
        this.queue = new SendQueue(connection.channelHandlerContext().channel());
        response.setWriteQueueMaxSize(QUEUE_BYTES);
    }

    /** The peer is gone, if it hears so: whoever waits for room need not. */
    void lost() {
        backlog.lost();
    }

    /** Writes a piece of a download, of which the less may wait the more of them there are. */
    Future<Void> write(Download download, Buffer piece) {
        int now = (int) download.room(MOST_BYTES);
        if (now != most) {
            most = now;
            backlog.most(now);
            response.setWriteQueueMaxSize(now);
        }
        return write(piece);
    }

    /** Succeeds when the peer can be sent more; fails when it is gone. */
    Future<Void> write(Buffer piece) {
        if (response.closed()) {
            lost();
        } else {
            backlog.add(piece.length(), response.write(piece));
        }
        return backlog.ready();
    }

    /** Done when nothing of what was written so far waits in this process any more. */
    Future<Void> left() {
        return backlog.left();
    }

    /** Bytes that were sent and not taken by the peer yet. */
    long queued() {
        return Math.max(backlog.bytes(), queue.bytes());
    }
}
