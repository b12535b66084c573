package dev.wherry.client;

import java.nio.charset.StandardCharsets;

/**
 * A buffer for one chunk, with room for its header just before the payload, so that both leave in one write. Owned by
 * one thread at a time; queues hand it over.
 */
final class Chunk {
    static final int PAYLOAD = 256 * 1024;

    private static final int HEADROOM = 8;

    private final byte[] bytes = new byte[HEADROOM + PAYLOAD];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int offset() {
        return HEADROOM;
    }

    int length() {
        return length;
    }

    void length(int payload) {
        this.length = payload;
    }

    /** Puts the header before the payload; answers where it starts. */
    int writeHeader() {
        var header = (length + "\n").getBytes(StandardCharsets.US_ASCII);
        int start = HEADROOM - header.length;
        System.arraycopy(header, 0, bytes, start, header.length);
        return start;
    }

    int end() {
        return HEADROOM + length;
    }
}
