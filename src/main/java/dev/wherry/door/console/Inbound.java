package dev.wherry.door.console;

import dev.wherry.protocol.Decoder;
import dev.wherry.transfer.Intake;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * What comes from the client, on its way to the decoder. While the session is busy nothing is decoded and the socket is
 * paused, so that a client who sends faster than we work is held up by TCP and not by our memory.
 */
final class Inbound {
    private final NetSocket socket;
    private final Intake intake;
    private final Decoder decoder;
    private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();
    private boolean paused;
    private boolean decoding;
    private boolean stopped;

    Inbound(NetSocket socket, Decoder decoder) {
        this.socket = socket;
        this.intake = new Intake(socket);
        this.decoder = decoder;
    }

    /** Received buffers are not pooled and not used again by Vert.x: slices of them can be kept and need no copy. */
    void received(Buffer buffer) {
        if (!stopped) {
            waiting.add(((BufferInternal) buffer).getByteBuf().nioBuffer());
            decode();
        }
    }

    /** Decodes nothing more until {@link #resume}; an element that is being decoded is the last. */
    void pause() {
        if (!paused) {
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
        waiting.clear();
    }

    private void decode() {
        if (decoding) {
            return;
        }
        decoding = true;
        try {
            while (!paused && !waiting.isEmpty()) {
                var next = waiting.peek();
                decoder.feed(next);
                // What was decoded may have stopped everything, and dropped what waits.
                if (!next.hasRemaining()) {
                    waiting.remove(next);
                }
            }
        } finally {
            decoding = false;
        }
    }
}
