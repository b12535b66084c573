package dev.wherry.transfer;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import dev.wherry.storage.backend.Content;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes from a file to a peer: while one piece is on its way to the peer the next is being read, and never more,
 * so that disk and network work at the same time and memory does not depend on the size. Confined to the context of its
 * download.
 */
final class DownloadPump {
    /** What {@link Content#read} does with the least work. */
    static final int PIECE = 256 * 1024;

    private final Content content;
    private final long end;
    private final Optional<MessageDigest> digest;
    private final WorkerExecutor hashing;
    private final LongSupplier piece;
    private final Function<Buffer, Future<Void>> peer;
    private final LongConsumer onMoved;
    private final Promise<Void> done = Promise.promise();

    /**
     * @param digest to be fed, where the digest is wanted and not known
     * @param piece bytes that are read at once now: {@link #PIECE}, or fewer where many read
     * @param peer takes a piece; its future succeeds when it can take the next
     */
    DownloadPump(
            Content content,
            long end,
            Optional<MessageDigest> digest,
            WorkerExecutor hashing,
            LongSupplier piece,
            Function<Buffer, Future<Void>> peer,
            LongConsumer onMoved) {
        this.content = content;
        this.end = end;
        this.digest = digest;
        this.hashing = hashing;
        this.piece = piece;
        this.peer = peer;
        this.onMoved = onMoved;
    }

    /**
     * Runs from an offset to the end; fails with {@code changed} when the file ends before.
     *
     * @param first the piece at the offset, which is being read
     */
    Future<Void> run(long offset, Future<Buffer> first) {
        step(offset, first);
        return done.future();
    }

    /** Ends it where it is; a piece that is still being read is dropped. */
    void stop(FaultException why) {
        done.tryFail(why);
    }

    private void step(long offset, Future<Buffer> reading) {
        if (offset >= end) {
            done.tryComplete();
            return;
        }
        reading.compose(this::hash).onSuccess(piece -> hand(offset, piece)).onFailure(done::tryFail);
    }

    private void hand(long offset, Buffer piece) {
        if (done.future().isComplete()) {
            return;
        }
        int length = piece.length();
        if (length == 0) {
            done.tryFail(Fault.CHANGED.because("somebody shortened the file while it was being sent"));
            return;
        }
        var ahead = read(offset + length);
        peer.apply(piece)
                .onSuccess(ignored -> {
                    onMoved.accept(length);
                    step(offset + length, ahead);
                })
                .onFailure(done::tryFail);
    }

    private Future<Buffer> read(long offset) {
        return read(content, offset, end, (int) piece.getAsLong());
    }

    /**
     * The piece at an offset; an empty one at the end.
     *
     * @param most bytes that it has
     */
    static Future<Buffer> read(Content content, long offset, long end, int most) {
        return offset >= end
                ? Future.succeededFuture(Buffer.buffer())
                : content.read(offset, (int) Math.min(most, end - offset));
    }

    private Future<Buffer> hash(Buffer piece) {
        return digest.isEmpty()
                ? Future.succeededFuture(piece)
                : hashing.<@Nullable Void>executeBlocking(() -> feed(digest.get(), piece), false)
                        .map(ignored -> piece);
    }

    private static @Nullable Void feed(MessageDigest digest, Buffer piece) {
        Sha256.feed(digest, ByteBuffer.wrap(piece.getBytes()));
        return null;
    }
}
