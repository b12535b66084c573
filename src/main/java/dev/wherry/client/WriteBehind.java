package dev.wherry.client;

import dev.wherry.fault.Fault;
import dev.wherry.path.Sha256;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Hashes what arrives and writes it, on a thread of its own, a few chunks behind the socket. It is hashed by whoever
 * decrypted it, who has it in the cache: on the writing thread that took twice as long.
 */
final class WriteBehind implements AutoCloseable {
    private static final int CHUNKS = 6;

    /** How the system calls it; Java has no exception of its own for it. */
    private static final String NO_SPACE = "No space left on device";

    private final Landing landing;
    /** Of whoever hands over chunks. */
    private final MessageDigest digest = Sha256.digest();

    private final BlockingQueue<Chunk> empty = new ArrayBlockingQueue<>(CHUNKS);
    private final BlockingQueue<Chunk> full = new ArrayBlockingQueue<>(CHUNKS + 1);
    private final Thread writer = new Thread(this::write, "wherry-write");

    /** Set by the writing thread; the chunks that come after it are only taken back. */
    private volatile @Nullable IOException failure;

    private final boolean behind;

    /** @param size of the file: what fits in one chunk is not worth a thread */
    WriteBehind(Landing landing, long size) {
        this.landing = landing;
        this.behind = size > Chunk.PAYLOAD;
        if (behind) {
            start();
        }
    }

    /** A chunk to fill. */
    Chunk take() throws IOException {
        check();
        if (!behind) {
            return new Chunk();
        }
        try {
            return empty.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private void start() {
        for (int i = 0; i < CHUNKS; i++) {
            empty.add(new Chunk());
        }
        writer.setDaemon(true);
        writer.start();
    }

    /** Hands over a chunk that was filled. */
    void put(Chunk chunk) throws IOException {
        check();
        digest.update(chunk.bytes(), chunk.offset(), chunk.length());
        if (behind) {
            full.add(chunk);
        } else {
            write(chunk);
        }
    }

    /** Takes back a chunk that was not filled after all. */
    void giveBack(Chunk chunk) {
        if (behind) {
            empty.add(chunk);
        }
    }

    /** Waits until all is written; the digest of it. */
    Sha256 finish() throws IOException {
        if (behind) {
            var end = new Chunk();
            end.length(0);
            full.add(end);
            try {
                writer.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", interrupted);
            }
        }
        check();
        return Sha256.of(digest);
    }

    private void check() throws IOException {
        var failed = failure;
        if (failed != null) {
            if (String.valueOf(failed.getMessage()).contains(NO_SPACE)) {
                throw Fault.NO_SPACE.because("no space left on this machine for what is fetched", failed);
            }
            throw new LandingException(failed);
        }
    }

    private void write() {
        try {
            for (var chunk = full.take(); chunk.length() > 0; chunk = full.take()) {
                write(chunk);
                empty.add(chunk);
            }
        } catch (InterruptedException closed) {
            // Nobody wants more.
        }
    }

    private void write(Chunk chunk) {
        if (failure != null) {
            return;
        }
        try {
            landing.write(chunk.bytes(), chunk.offset(), chunk.length());
        } catch (IOException failed) {
            failure = failed;
        }
    }

    @Override
    public void close() {
        writer.interrupt();
    }

    /** The local file failed, not the connection. */
    static final class LandingException extends IOException {
        private static final long serialVersionUID = 1;

        LandingException(IOException cause) {
            super("cannot write: " + cause.getMessage(), cause);
        }
    }
}
