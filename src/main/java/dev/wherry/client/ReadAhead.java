package dev.wherry.client;

import dev.wherry.path.Sha256;
import java.io.IOException;
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
    private final RunningDigest digest;
    private final long start;
    /** One more than there are chunks: the one that wakes a reader which is to end. */
    private final BlockingQueue<Chunk> empty = new ArrayBlockingQueue<>(CHUNKS + 1);

    private final BlockingQueue<Chunk> full = new ArrayBlockingQueue<>(CHUNKS);
    private final Thread reader = new Thread(this::read, "wherry-read");

    /** Set by the reading thread before it hands over its last chunk, which has no payload. */
    private volatile @Nullable IOException failure;

    private volatile @Nullable Sha256 sha256;

    private volatile boolean closed;

    /**
     * @param digest of the whole, which may have seen more than was sent, or less: what it lacks is read first
     * @param start offset of the first chunk
     */
    ReadAhead(Source source, RunningDigest digest, long start) {
        this.source = source;
        this.digest = digest;
        this.start = start;
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
            var chunk = empty.take();
            long at = start;
            try {
                begin(chunk);
            } catch (IOException unreadable) {
                failure = unreadable;
            }
            while (!closed) {
                if (failure == null) {
                    try {
                        next(chunk);
                    } catch (IOException unreadable) {
                        failure = unreadable;
                    }
                }
                if (failure != null) {
                    chunk.length(0);
                }
                if (chunk.length() == 0) {
                    sha256 = failure == null ? digest.sha256() : null;
                    full.put(chunk);
                    return;
                }
                digest.update(at, chunk);
                at += chunk.length();
                full.put(chunk);
                chunk = empty.take();
            }
        } catch (InterruptedException ended) {
            // Nobody wants more.
        }
    }

    /** A pipe that has ended is not asked again: somebody who types would have to end it twice. */
    private void next(Chunk chunk) throws IOException {
        if (!source.canPosition() && digest.isOver()) {
            chunk.length(0);
        } else {
            fill(source, chunk);
        }
    }

    private void begin(Chunk chunk) throws IOException {
        if (source.canPosition()) {
            digest.readTo(start, source, chunk, () -> closed);
            source.position(start);
        } else if (start != digest.hashed()) {
            // It would take what comes now for what has gone already, or leave a hole.
            throw new IOException("what has gone through a pipe cannot be read again");
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

    /** Waits until the source is not read any more, but for a pipe, which may keep silent for ever. */
    @Override
    public void close() {
        closed = true;
        if (!source.canPosition()) {
            reader.interrupt();
            return;
        }
        // An interrupt would close the file, which is read again when the upload goes on.
        empty.offer(new Chunk());
        boolean interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The source failed, not the connection. */
    static final class SourceException extends IOException {
        private static final long serialVersionUID = 1;

        SourceException(String name, IOException cause) {
            super("cannot read " + name + ": " + cause.getMessage(), cause);
        }
    }
}
