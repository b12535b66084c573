package dev.wherry.door.console;

import dev.wherry.protocol.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One request's place in the order of replies. What is said before all earlier requests are answered waits here, and
 * only what cannot be left out is said so early; content waits for {@link #come}.
 */
final class Turn {
    private final Outbound outbound;
    private final Promise<Void> come = Promise.promise();
    private final List<Reply> early = new ArrayList<>(1);

    Turn(Outbound outbound) {
        this.outbound = outbound;
    }

    /** All earlier requests are answered. */
    void begin() {
        if (come.tryComplete()) {
            early.forEach(outbound::send);
            early.clear();
        }
    }

    /** Done when it is this request's turn to be answered. */
    Future<Void> come() {
        return come.future();
    }

    void send(Reply reply) {
        if (come.future().isComplete()) {
            outbound.send(reply);
        } else {
            early.add(reply);
        }
    }

    /** Says what need not be said: only to a client that reads, and not before its turn. */
    void mention(Reply reply) {
        if (come.future().isComplete() && !outbound.isFull()) {
            outbound.send(reply);
        }
    }

    /** Sends content; only when its turn has come. */
    void write(Buffer bytes) {
        outbound.write(bytes);
    }

    /** Bytes that were sent and not taken by the client yet. */
    long queued() {
        return outbound.queued();
    }

    /** Done when nothing of what was sent so far waits in this process any more. */
    Future<Void> left() {
        return outbound.left();
    }

    /** Bytes that may wait to be sent from now on. */
    void room(int bytes) {
        outbound.room(bytes);
    }

    boolean isFull() {
        return outbound.isFull();
    }

    /** Succeeds when the client can be sent more; fails when it is gone. */
    Future<Void> ready() {
        return outbound.ready();
    }
}
