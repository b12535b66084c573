package dev.wherry.protocol;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The server's side of one connection: cuts what arrives, however the network cut it, into requests and the elements of
 * their data phases, and tells a {@link Listener} one after the other. It keeps one line at most, and never content.
 *
 * <p>It belongs to one thread at a time, its connection's. A listener that is not ready for more calls {@link #pause};
 * {@link #feed} then returns with input left over, to be fed again after {@link #resume}.
 */
public final class Decoder {
    private static final byte[] NOTHING = {};
    private static final int FIRST_ROOM = 256;

    private final Listener listener;
    private final int maxLineBytes;
    private final int maxChunkBytes;

    /** The beginning of a line whose end has not come. */
    private byte[] held = NOTHING;

    private int heldBytes;

    /** What is to come of the chunk that has begun. */
    private int chunkBytes;

    private State state = State.REQUESTS;
    private boolean paused;
    private boolean feeding;

    /** What a connection hears, in the order of the wire. A listener may pause the decoder from any of its methods. */
    public interface Listener {
        /** A request, or {@link Request.Malformed}. If it has a data phase, that comes next. */
        void request(Request request);

        /**
         * Some content of the data phase: the rest of a chunk, or as much of it as has come.
         *
         * @param content a view of the input, never empty, and good only as long as that
         */
        void chunk(ByteBuffer content);

        /** The client is alive, and has nothing to send in this data phase yet. */
        void keepAlive();

        /** The data phase is over, and all content was in it. */
        void end(Sha256 digest);

        /** The data phase is over, and its end mark has no digest that could be compared: the fault is the answer. */
        void badEnd(FaultException fault);

        /** The data phase is over, and not all content was in it. */
        void giveUp(Optional<String> reason);

        /**
         * What follows cannot be told from requests any more: the fault is the last answer, then the connection is to
         * be closed. Nothing else is heard after this.
         */
        void broken(FaultException fault);
    }

    private enum State {
        REQUESTS,
        CHUNK_HEADERS,
        CONTENT,
        BROKEN
    }

    /** With the limits of the protocol. */
    public Decoder(Listener listener) {
        this(listener, RequestLine.MAX_BYTES, ChunkHeader.MAX_CHUNK_BYTES);
    }

    /**
     * With limits of its own.
     *
     * @param maxLineBytes with its LF; at most {@link RequestLine#MAX_BYTES}, over which no request is read
     * @param maxChunkBytes without its header
     */
    public Decoder(Listener listener, int maxLineBytes, int maxChunkBytes) {
        this.listener = listener;
        this.maxLineBytes = maxLineBytes;
        this.maxChunkBytes = maxChunkBytes;
    }

    /**
     * Takes from the input's position on, until it is used up or the listener pauses.
     *
     * @return whether all was taken; if not, the same input is to be fed again after {@link #resume}
     * @throws IllegalStateException when called from a method of the listener
     */
    public boolean feed(ByteBuffer input) {
        if (feeding) {
            throw new IllegalStateException("a listener feeds its own decoder; it must wait until feed has returned");
        }
        feeding = true;
        try {
            while (input.hasRemaining() && !paused) {
                step(input);
            }
            return !input.hasRemaining();
        } finally {
            feeding = false;
        }
    }

    /** Nothing more is heard, from the end of the present element on. */
    public void pause() {
        paused = true;
    }

    /** The next {@link #feed} goes on. It feeds nothing by itself; within a listener's method it undoes a pause. */
    public void resume() {
        paused = false;
    }

    public boolean isPaused() {
        return paused;
    }

    /** Whether the client is between a line that has a data phase and the end of that. */
    public boolean isInDataPhase() {
        return state == State.CHUNK_HEADERS || state == State.CONTENT;
    }

    /** What this keeps in memory of the input, in bytes. */
    int retainedBytes() {
        return held.length;
    }

    private void step(ByteBuffer input) {
        switch (state) {
            case REQUESTS, CHUNK_HEADERS -> line(input);
            case CONTENT -> content(input);
            case BROKEN -> input.position(input.limit());
        }
    }

    private void content(ByteBuffer input) {
        int count = Math.min(chunkBytes, input.remaining());
        var piece = input.slice(input.position(), count);
        input.position(input.position() + count);
        chunkBytes -= count;
        if (chunkBytes == 0) {
            state = State.CHUNK_HEADERS;
        }
        listener.chunk(piece);
    }

    private void line(ByteBuffer input) {
        int start = input.position();
        int end = start;
        int last = start + Math.min(input.remaining(), maxLineBytes - heldBytes);
        while (end < last && input.get(end) != '\n') {
            end++;
        }
        if (end < last) {
            input.position(end + 1);
            whole(input.slice(start, end - start));
        } else if (end - start + heldBytes == maxLineBytes) {
            input.position(end);
            broken(RequestLine.tooLong(maxLineBytes));
        } else {
            input.position(end);
            hold(input.slice(start, end - start));
        }
    }

    private void hold(ByteBuffer piece) {
        int bytes = heldBytes + piece.remaining();
        if (bytes > held.length) {
            held = Arrays.copyOf(held, Math.min(Math.max(bytes, Math.max(FIRST_ROOM, held.length * 2)), maxLineBytes));
        }
        piece.get(held, heldBytes, piece.remaining());
        heldBytes = bytes;
    }

    /** Ten thousand idle connections keep no room for lines: what was held is let go with its line. */
    private void whole(ByteBuffer lastPiece) {
        var line = lastPiece;
        if (heldBytes > 0) {
            hold(lastPiece);
            line = ByteBuffer.wrap(held, 0, heldBytes);
            held = NOTHING;
            heldBytes = 0;
        }
        if (line.hasRemaining() && line.get(line.limit() - 1) == '\r') {
            line.limit(line.limit() - 1);
        }
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(line).toString();
        } catch (CharacterCodingException notText) {
            broken(Fault.MALFORMED.because("a line is not UTF-8; the connection is closed"));
            return;
        }
        if (state == State.REQUESTS) {
            request(text);
        } else {
            chunkHeader(text);
        }
    }

    private void request(String line) {
        var request = RequestLine.parse(line);
        if (request instanceof Request.Malformed malformed && malformed.close()) {
            broken(malformed.fault());
            return;
        }
        state = request.hasDataPhase() ? State.CHUNK_HEADERS : State.REQUESTS;
        listener.request(request);
    }

    private void chunkHeader(String line) {
        ChunkHeader header;
        try {
            header = ChunkHeader.parse(line, maxChunkBytes);
        } catch (FaultException outOfStep) {
            broken(outOfStep);
            return;
        }
        state = switch (header) {
            case ChunkHeader.Bytes ignored -> State.CONTENT;
            case ChunkHeader.KeepAlive ignored -> State.CHUNK_HEADERS;
            case ChunkHeader.End ignored -> State.REQUESTS;
            case ChunkHeader.BadEnd ignored -> State.REQUESTS;
            case ChunkHeader.GivenUp ignored -> State.REQUESTS;
        };
        tell(header);
    }

    private void tell(ChunkHeader header) {
        switch (header) {
            case ChunkHeader.Bytes(int count) -> chunkBytes = count;
            case ChunkHeader.KeepAlive() -> listener.keepAlive();
            case ChunkHeader.End(var digest) ->
                digest.ifPresentOrElse(
                        listener::end,
                        () -> listener.badEnd(Fault.MALFORMED.because(
                                "the end mark of an upload must carry the SHA-256 of the whole file, not \"-\"")));
            case ChunkHeader.BadEnd(var fault) -> listener.badEnd(fault);
            case ChunkHeader.GivenUp(var reason) -> listener.giveUp(reason);
        }
    }

    private void broken(FaultException fault) {
        state = State.BROKEN;
        held = NOTHING;
        heldBytes = 0;
        listener.broken(fault);
    }
}
