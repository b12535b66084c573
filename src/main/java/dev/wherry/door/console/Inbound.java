package dev.wherry.door.console;

import dev.wherry.protocol.Decoder;
import dev.wherry.transfer.Arrivals;
import dev.wherry.transfer.Intake;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * What comes from the client, on its way to the decoder. While the session is busy nothing is decoded and the socket is
 * paused, so that a client who sends faster than we work is held up by TCP and not by our memory.
 */
final class Inbound {
    private final NetSocket socket;
    private final Intake intake;
    private final Decoder decoder;
    private final Consumer<Throwable> onFailure;
    private final ArrayDeque<Arrival> waiting = new ArrayDeque<>();
    private boolean paused;
    private boolean decoding;
    private boolean stopped;
    private boolean discarding;

    /** @param onFailure hears what was thrown where bytes were taken; nothing is decoded behind it */
    Inbound(NetSocket socket, Decoder decoder, Consumer<Throwable> onFailure) {
        this.socket = socket;
        this.onFailure = onFailure;
        this.intake = new Intake(socket);
        this.decoder = decoder;
        Arrivals.at(((NetSocketInternal) socket).channelHandlerContext()).open();
    }

    /** What came, and what of it is not decoded. */
    private record Arrival(Buffer buffer, ByteBuffer rest) {
        Arrival(Buffer buffer) {
            this(buffer, ((BufferInternal) buffer).getByteBuf().nioBuffer());
        }

        void done() {
            Arrivals.done(buffer);
        }
    }

    void received(Buffer buffer) {
        waiting.add(new Arrival(buffer));
        if (stopped) {
            drop();
        } else {
            decode();
        }
    }

    /** Decodes nothing more until {@link #resume}; an element that is being decoded is the last. */
    void pause() {
        if (!paused && !discarding) {
            paused = true;
            decoder.pause();
            socket.pause();
            intake.close();
        }
    }

    void resume() {
        if (paused && !stopped) {
            goOn();
        }
    }

    /** Lets come what is still on the way, whatever is busy; until {@link #stop}. */
    void drain() {
        goOn();
    }

    private void goOn() {
        paused = false;
        decoder.resume();
        intake.open();
        socket.resume();
        decode();
    }

    /** Drops what waits and decodes nothing more. */
    void stop() {
        stopped = true;
        pause();
        drop();
    }

    /** Reads what still comes, and drops it, once it has stopped. */
    void discard() {
        discarding = true;
        intake.open();
        socket.resume();
    }

    /** What is being decoded is in use until that has returned. */
    private void drop() {
        while (waiting.size() > (decoding ? 1 : 0)) {
            waiting.removeLast().done();
        }
    }

    private void decode() {
        if (decoding) {
            return;
        }
        decoding = true;
        try {
            while (!paused && !waiting.isEmpty()) {
                var next = waiting.element();
                decoder.feed(next.rest());
                // What was decoded may have stopped everything.
                if (stopped || !next.rest().hasRemaining()) {
                    waiting.remove();
                    next.done();
                }
            }
        } catch (RuntimeException | OutOfMemoryError failure) {
            // Whoever called us would go on with what comes next, and leave a hole.
            stop();
            onFailure.accept(failure);
        } finally {
            decoding = false;
        }
    }
}
