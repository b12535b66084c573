package dev.wherry.door.http;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.transfer.Download;
import dev.wherry.transfer.SendQueue;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
    /** Bytes handed over that have not left this process. */
    private long waiting;

    private Future<Void> last = Future.succeededFuture();
    private int mostWaiting = QUEUE_BYTES;
    private Promise<Void> room = Promise.promise();
    private boolean lost;

    ResponseFlow(HttpServerRequest request) {
        this.response = request.response();
        var connection = (HttpServerConnection) request.connection();
        this.queue = new SendQueue(connection.channelHandlerContext().channel());
        response.setWriteQueueMaxSize(QUEUE_BYTES);
        response.drainHandler(ignored -> drained());
        room.complete();
    }

    /** The peer is gone, if it hears so: whoever waits for room need not. */
    void lost() {
        lost = true;
        room.tryFail(gone());
    }

    static FaultException gone() {
        return Fault.STOPPED.because("the connection was lost");
    }

    /** Writes a piece of a download, of which the less may wait the more of them there are. */
    Future<Void> write(Download download, Buffer piece) {
        int most = (int) download.room(MOST_BYTES);
        if (most != mostWaiting) {
            mostWaiting = most;
            response.setWriteQueueMaxSize(most);
        }
        return write(piece);
    }

    /** Succeeds when the peer can be sent more; fails when it is gone. */
    Future<Void> write(Buffer piece) {
        if (lost || response.closed()) {
            return Future.failedFuture(gone());
        }
        waiting += piece.length();
        last = response.write(piece).onComplete(ignored -> waiting -= piece.length());
        if (response.writeQueueFull() && room.future().isComplete()) {
            room = Promise.promise();
        }
        return room.future();
    }

    /** Done when nothing of what was written so far waits in this process any more. */
    Future<Void> left() {
        return last;
    }

    private void drained() {
        room.tryComplete();
    }

    /** Bytes that were sent and not taken by the peer yet. */
    long queued() {
        return Math.max(waiting, queue.bytes());
    }
}
