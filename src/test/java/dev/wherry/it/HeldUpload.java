package dev.wherry.it;

import dev.wherry.client.Connection;
import dev.wherry.client.Source;
import dev.wherry.client.TransferWatch;
import dev.wherry.client.Uploaded;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An upload that has sent what it has but its end mark, and stays so until it is told to end. */
final class HeldUpload implements AutoCloseable {
    private final Connection connection;
    private final CompletableFuture<String> accepted = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CompletableFuture<Uploaded> outcome = new CompletableFuture<>();

    /** Returns when the server has let it begin. */
    HeldUpload(Peers peers, VirtualPath path, byte[] content, Precondition expected) throws IOException {
        connection = peers.connect();
        Thread.ofPlatform().daemon().start(() -> run(path, content, expected));
        try {
            CompletableFuture.anyOf(outcome, accepted).get(1, TimeUnit.MINUTES);
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new AssertionError("the upload was not let in", failure);
        }
    }

    private void run(VirtualPath path, byte[] content, Precondition expected) {
        try {
            var source = Source.stream("held", new Held(content));
            outcome.complete(connection.upload(path, source, expected, false, new TransferWatch() {
                @Override
                public void accepted(String upload) {
                    accepted.complete(upload);
                }
            }));
        } catch (IOException | RuntimeException failure) {
            outcome.completeExceptionally(failure);
        }
    }

    /** Sends the end mark and waits for the answer. */
    Uploaded finish() {
        ended.countDown();
        return outcome.orTimeout(1, TimeUnit.MINUTES).join();
    }

    /** Whether it has ended without being told to; waits for that a while. */
    boolean isOver() {
        ended.countDown();
        return outcome.handle((uploaded, failure) -> uploaded == null)
                .completeOnTimeout(false, 30, TimeUnit.SECONDS)
                .join();
    }

    /** Cuts the connection in the middle. */
    void cut() {
        connection.close();
        ended.countDown();
    }

    @Override
    public void close() {
        cut();
    }

    private final class Held extends InputStream {
        private final byte[] content;
        private int position;

        Held(byte[] content) {
            this.content = content;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("read by the piece");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = Math.min(length, content.length - position);
            if (count > 0) {
                System.arraycopy(content, position, target, offset, count);
                position += count;
                return count;
            }
            try {
                ended.await();
                return -1;
            } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
            }
        }
    }
}
