package dev.wherry.client;

import dev.wherry.client.ReadAhead.SourceException;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.time.Duration;

/**
 * What an upload that another process has begun needs before it is gone on with: the digest of what the server keeps.
 * From its {@code SEND} on a server waits for bytes, and not for as long as hashing takes; so it is asked beforehand
 * how much there is.
 */
final class Prefix {
    /** What is hashed between two looks at the clock, and at whether anybody wants it stopped. */
    private static final long STEP = 64L * 1024 * 1024;

    /** A server closes a connection that says nothing, though not so soon. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(20);

    private final Wire wire;
    private final Sending sending;
    private final TransferWatch watch;

    Prefix(Wire wire, Sending sending, TransferWatch watch) {
        this.wire = wire;
        this.sending = sending;
        this.watch = watch;
    }

    /**
     * Reads it, as far as the source goes: whether that is the right one is for the server to say.
     *
     * @throws FaultException {@link Fault#STOPPED} when the watch stopped it
     */
    void read() throws IOException {
        long durable = durable();
        long end = Math.min(durable, sending.source().size().orElse(durable));
        var chunk = new Chunk();
        long said = System.nanoTime();
        while (sending.digest().hashed() < end) {
            if (watch.stopped()) {
                throw sending.stopped();
            }
            hash(Math.min(end, sending.digest().hashed() + STEP), chunk);
            watch.progressed(sending.digest().hashed(), durable);
            if (System.nanoTime() - said > SIGN_OF_LIFE.toNanos()) {
                ask(new Request.Ping());
                said = System.nanoTime();
            }
        }
    }

    private void hash(long end, Chunk chunk) throws IOException {
        var source = sending.source();
        try {
            sending.digest().readTo(end, source, chunk, watch::stopped);
        } catch (IOException unreadable) {
            throw new SourceException(source.name(), unreadable);
        }
    }

    /** How much of it the server keeps, at least; nothing of one that it does not know, or has finished. */
    private long durable() throws IOException {
        ask(new Request.Uploads());
        return sending.durable();
    }

    private void ask(Request request) throws IOException {
        wire.send(request);
        wire.patience(Wire.ANSWER);
        while (true) {
            switch (wire.readReply()) {
                case Reply.Item(var facts) -> {
                    if (sending.upload()
                                    .filter(id -> id.equals(facts.get("upload")))
                                    .isPresent()
                            && facts.get("durable") instanceof Number bytes) {
                        sending.durable(bytes.longValue());
                    }
                }
                case Reply.Ok _ -> {
                    return;
                }
                case Reply.Err refused -> throw refused.fault();
                default -> throw new CannotConnectException("the server answered something else than was asked");
            }
        }
    }
}
