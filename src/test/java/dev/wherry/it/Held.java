package dev.wherry.it;

import dev.wherry.client.Connection;
import dev.wherry.client.Downloaded;
import dev.wherry.client.Landing;
import dev.wherry.client.Source;
import dev.wherry.client.TransferWatch;
import dev.wherry.client.Uploaded;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A transfer that has begun, on a connection of its own, and stays in the middle until it is told to go on. */
final class Held<T> implements AutoCloseable {
    private final Connection connection;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final CompletableFuture<T> outcome = new CompletableFuture<>();

    private Held(Peers peers) throws IOException {
        connection = peers.connect();
    }

    /** Has sent all but its end mark. Returns when the server has let it begin. */
    static Held<Uploaded> upload(Peers peers, VirtualPath path, byte[] content, Precondition expected)
            throws IOException {
        var held = new Held<Uploaded>(peers);
        var source = Source.stream("held", held.new Content(content));
        return held.begin(() -> held.connection.upload(path, source, expected, false, new TransferWatch() {
            @Override
            public void accepted(String upload) {
                held.begun.complete(null);
            }
        }));
    }

    /**
     * Has stopped reading; the file must be larger than what fits on the way. Returns when the first bytes have come.
     */
    static Held<Downloaded> download(Peers peers, VirtualPath path) throws IOException {
        var held = new Held<Downloaded>(peers);
        return held.begin(
                () -> held.connection.download(path, Optional.empty(), held.new Nowhere(), TransferWatch.NOBODY));
    }

    @FunctionalInterface
    private interface Transfer<T> {
        T run() throws IOException;
    }

    private Held<T> begin(Transfer<? extends T> transfer) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                outcome.complete(transfer.run());
            } catch (IOException | RuntimeException failure) {
                outcome.completeExceptionally(failure);
            }
        });
        try {
            CompletableFuture.anyOf(outcome, begun).get(1, TimeUnit.MINUTES);
            return this;
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new AssertionError("the transfer did not begin", failure);
        }
    }

    /** Goes on to the end, and answers what became of it. */
    T finish() {
        released.countDown();
        return outcome.orTimeout(1, TimeUnit.MINUTES).join();
    }

    /** Whether it ends badly; waits for that a while. */
    boolean fails() {
        released.countDown();
        return outcome.handle((whole, failure) -> failure != null)
                .completeOnTimeout(false, 30, TimeUnit.SECONDS)
                .join();
    }

    /** Cuts the connection in the middle. */
    void cut() {
        connection.close();
        released.countDown();
    }

    @Override
    public void close() {
        cut();
    }

    private void awaitRelease() throws IOException {
        try {
            released.await();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    /** What is sent; its end comes when the transfer is released. */
    private final class Content extends InputStream {
        private final byte[] content;
        private int position;

        Content(byte[] content) {
            this.content = content;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("read by the piece");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = Math.min(length, content.length - position);
            if (count == 0) {
                awaitRelease();
                return -1;
            }
            System.arraycopy(content, position, target, offset, count);
            position += count;
            return count;
        }
    }

    /** Where nothing arrives before the transfer is released. */
    private final class Nowhere implements Landing {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            begun.complete(null);
            awaitRelease();
        }

        @Override
        public void commit(Downloaded whole) {}

        @Override
        public void discard() {}
    }
}
