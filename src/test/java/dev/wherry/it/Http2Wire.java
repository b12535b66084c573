package dev.wherry.it;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** HTTP/2 frame by frame (RFC 9113), for what no client library would do. Its header blocks are not compressed. */
final class Http2Wire implements AutoCloseable {
    private static final int HEADERS = 1;
    static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;

    static final int REFUSED_STREAM = 7;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private final Socket socket;
    private final DataInputStream in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int stream = -1;

    /**
     * Says how it begins, and never confirms what the server demands.
     *
     * @param window bytes of each answer that it takes
     */
    Http2Wire(Socket socket, int window) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, bytes(6).putShort((short) INITIAL_WINDOW_SIZE).putInt(window));
        // Of the connection: no answer waits for another.
        frame(WINDOW_UPDATE, 0, 0, bytes(4).putInt(1 << 30));
    }

    /** @param payload up to a stream's end, none for a reset */
    record Frame(int type, boolean isLast, int stream, ByteBuffer payload) {}

    /** A request without a body; it goes with the next {@link #flush}. */
    void ask(String path, Map<String, String> headers) {
        var all = new TreeMap<>(headers);
        all.putAll(Map.of(":method", "GET", ":scheme", "https", ":path", path, ":authority", "localhost"));
        var block = new ByteArrayOutputStream();
        all.forEach((name, value) -> {
            block.write(0x10);
            text(block, name);
            text(block, value);
        });
        stream += 2;
        frame(HEADERS, END_STREAM | END_HEADERS, stream, ByteBuffer.wrap(block.toByteArray()));
    }

    /** Takes the latest request back. */
    void reset() {
        frame(RESET, 0, stream, bytes(4).putInt(8));
    }

    void ping() {
        frame(PING, 0, 0, bytes(8));
    }

    void flush() throws IOException {
        socket.getOutputStream().write(out.toByteArray());
        out.reset();
    }

    Frame next() throws IOException {
        int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int id = in.readInt();
        boolean isLast = type == PING ? flags == 1 : (flags & END_STREAM) != 0 && type <= HEADERS;
        return new Frame(type, isLast, id, ByteBuffer.wrap(in.readNBytes(length)));
    }

    /** What came on each stream last, until a ping that was sent is answered. */
    Map<Integer, Frame> untilPong() throws IOException {
        var last = new TreeMap<Integer, Frame>();
        ping();
        flush();
        for (var frame = next(); frame.type() != PING; frame = next()) {
            last.put(frame.stream(), frame);
        }
        return last;
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length);
    }

    private void frame(int type, int flags, int id, ByteBuffer payload) {
        int length = payload.capacity();
        out.writeBytes(bytes(9).putShort((short) (length >> 8))
                .put((byte) length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(id)
                .array());
        var content = new byte[length];
        payload.get(0, content);
        out.writeBytes(content);
    }

    /** RFC 7541, 5.1 and 5.2, as it is. */
    private static void text(ByteArrayOutputStream block, String text) {
        var plain = text.getBytes(StandardCharsets.US_ASCII);
        if (plain.length < 127) {
            block.write(plain.length);
        } else {
            block.write(127);
            int rest = plain.length - 127;
            while (rest >= 128) {
                block.write(rest % 128 + 128);
                rest /= 128;
            }
            block.write(rest);
        }
        block.writeBytes(plain);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
