package dev.wherry.client;

import dev.wherry.path.Sha256;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a source and hashes it on a thread of its own, a few chunks ahead of the socket: encrypting, hashing and
 * reading each take a good part of a core.
 */
final class ReadAhead implements AutoCloseable {
    private static final int CHUNKS = 6;

    private final Source source;
    private final MessageDigest digest = Sha256.digest();
    private final BlockingQueue<Chunk> empty = new ArrayBlockingQueue<>(CHUNKS);
    private final BlockingQueue<Chunk> full = new ArrayBlockingQueue<>(CHUNKS);
    private final Thread reader = new Thread(this::read, "wherry-read");

    /** Set by the reading thread before it hands over its last chunk, which has no payload. */
    private volatile @Nullable IOException failure;

    private volatile @Nullable Sha256 sha256;

    ReadAhead(Source source) {
        this.source = source;
        for (int i = 0; i < CHUNKS; i++) {
            empty.add(new Chunk());
        }
        reader.setDaemon(true);
        reader.start();
    }

    /** The next chunk, without payload at the end; null when there was none in that time. */
    @Nullable
    Chunk poll(long millis) throws IOException {
        try {
            var chunk = full.poll(millis, TimeUnit.MILLISECONDS);
            var failed = failure;
            if (failed != null && chunk != null && chunk.length() == 0) {
                throw new SourceException(source.name(), failed);
            }
            return chunk;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** Takes back a chunk that was sent. */
    void recycle(Chunk chunk) {
        empty.add(chunk);
    }

    /** The digest of all that was read; only after the chunk without payload. */
    Sha256 sha256() {
        var done = sha256;
        if (done == null) {
            throw new IllegalStateException("the source was not read to its end");
        }
        return done;
    }

    private void read() {
        try {
            while (true) {
                var chunk = empty.take();
                try {
                    fill(source, chunk);
                } catch (IOException unreadable) {
                    failure = unreadable;
                    chunk.length(0);
                }
                if (chunk.length() == 0) {
                    sha256 = Sha256.of(digest);
                    full.put(chunk);
                    return;
                }
                digest.update(chunk.bytes(), chunk.offset(), chunk.length());
                full.put(chunk);
            }
        } catch (InterruptedException closed) {
            // Nobody wants more.
        }
    }

    /** A file fills whole chunks; a pipe gives what it has, so that a slow writer's bytes do not wait here. */
    static void fill(Source source, Chunk chunk) throws IOException {
        int length = 0;
        do {
            int count = source.read(chunk.bytes(), chunk.offset() + length, Chunk.PAYLOAD - length);
            if (count < 0) {
                break;
            }
            length += count;
        } while (length < Chunk.PAYLOAD && source.size().isPresent());
        chunk.length(length);
    }

    @Override
    public void close() {
        reader.interrupt();
    }

    /** The source failed, not the connection. */
    static final class SourceException extends IOException {
        private static final long serialVersionUID = 1;

        SourceException(String name, IOException cause) {
            super("cannot read " + name + ": " + cause.getMessage(), cause);
        }
    }
}
