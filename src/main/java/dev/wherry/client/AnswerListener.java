package dev.wherry.client;

import dev.wherry.protocol.Reply;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hears what the server says while an upload flows: progress, and then exactly one answer. */
final class AnswerListener {
    private final Wire wire;
    private final TransferWatch watch;
    private final Thread thread = new Thread(this::listen, "wherry-replies");

    /** Set once, by whoever listens: one of the two. */
    private volatile @Nullable Reply answer;

    private volatile @Nullable IOException cut;

    /** What the server last said would survive a power cut, in bytes. */
    private volatile long durable;

    AnswerListener(Wire wire, TransferWatch watch) {
        this.wire = wire;
        this.watch = watch;
    }

    /** Listens on a thread of its own from now on. */
    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Listens on the caller's thread until the answer is there or the connection is gone. */
    void listen() {
        try {
            while (answer == null) {
                hear(wire.readReply());
            }
        } catch (IOException gone) {
            cut = gone;
            // Whoever sends waits for room that nobody will make.
            wire.close();
        }
    }

    private void hear(Reply reply) throws IOException {
        switch (reply) {
            case Reply.Ok _, Reply.Err _ -> answer = reply;
            case Reply.Send send -> watch.accepted(send.upload());
            case Reply.Ack ack -> {
                durable = ack.durable();
                watch.progressed(ack.received(), ack.durable());
            }
            default -> throw new CannotConnectException("the server answered an upload with something else");
        }
    }

    /** Whether nothing more is to be sent: the server has answered, or is gone. */
    boolean isOver() {
        return answer != null || cut != null;
    }

    long durable() {
        return durable;
    }

    /** Waits for the end. */
    void await() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What the server answered, once it is over.
     *
     * @throws dev.wherry.fault.FaultException the refusal
     * @throws IOException when the connection was lost before
     */
    Map<String, Object> facts() throws IOException {
        var lost = cut;
        if (lost != null) {
            throw lost;
        }
        return switch (answer) {
            case Reply.Ok ok -> ok.facts();
            case Reply.Err refused -> throw refused.fault();
            case null, default -> throw new IllegalStateException("the upload is not over");
        };
    }
}
