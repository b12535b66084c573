package dev.wherry.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Passes the immutable record itself. One codec, chosen by name, for everything: a default codec registered for a
 * sealed interface would not cover its records, and Vert.x copies what is {@code Serializable} through a stream.
 */
final class LocalCodec implements MessageCodec<Message, Message> {
    static final String NAME = "wherry-local";

    @Override
    public Message transform(Message message) {
        return message;
    }

    @Override
    public void encodeToWire(Buffer buffer, Message message) {
        throw new UnsupportedOperationException("control stays inside the process; only events cross the network");
    }

    @Override
    public Message decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException("control stays inside the process; only events cross the network");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
