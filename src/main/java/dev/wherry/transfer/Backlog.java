package dev.wherry.transfer;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Bytes that were handed to a connection and have not left this process, counted by size. The connection itself counts
 * messages: it takes 16 before it says that it is full, however large they are. Belongs to the connection's event loop.
 */
public final class Backlog {
    private long most;
    private long bytes;
    private Future<Void> last = Future.succeededFuture();
    private Promise<Void> room = Promise.promise();
    private boolean lost;

    /** @param most bytes; when as many wait, nothing more should be sent */
    public Backlog(long most) {
        this.most = most;
        room.complete();
    }

    /** @param written done when the connection has let go of them, whichever way */
    public void add(long added, Future<Void> written) {
        bytes += added;
        block();
        last = written;
        written.onComplete(ignored -> {
            bytes -= added;
            release();
        });
    }

    /** Bytes that may wait from now on. */
    public void most(long bytes) {
        most = bytes;
        block();
        release();
    }

    private void block() {
        if (isFull() && room.future().isComplete() && !lost) {
            room = Promise.promise();
        }
    }

    private void release() {
        if (!isFull()) {
            room.tryComplete();
        }
    }

    public boolean isFull() {
        return bytes >= most;
    }

    /** Those that wait. */
    public long bytes() {
        return bytes;
    }

    /** Succeeds when more can be sent; fails when the peer is gone. */
    public Future<Void> ready() {
        return lost ? Future.failedFuture(gone()) : room.future();
    }

    /** Done when nothing of what was handed over so far waits any more. */
    public Future<Void> left() {
        return last;
    }

    /** The peer is gone: whoever waits for room need not. */
    public void lost() {
        lost = true;
        room.tryFail(gone());
    }

    public static FaultException gone() {
        return Fault.STOPPED.because("the connection was lost");
    }
}
