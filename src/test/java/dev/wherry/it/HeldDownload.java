package dev.wherry.it;

import dev.wherry.client.Connection;
import dev.wherry.client.Downloaded;
import dev.wherry.client.Landing;
import dev.wherry.client.TransferWatch;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A download whose reader has stopped reading; the file must be larger than what fits on the way. */
final class HeldDownload implements AutoCloseable {
    private final Connection connection;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final CompletableFuture<Downloaded> outcome = new CompletableFuture<>();

    /** Returns when its first bytes have come. */
    HeldDownload(Peers peers, VirtualPath path) throws IOException, InterruptedException {
        connection = peers.connect();
        Thread.ofPlatform().daemon().start(() -> run(path));
        if (!started.await(1, TimeUnit.MINUTES)) {
            throw new AssertionError("the download did not begin");
        }
    }

    private void run(VirtualPath path) {
        try {
            outcome.complete(connection.download(path, Optional.empty(), new Stuck(), TransferWatch.NOBODY));
        } catch (IOException | RuntimeException failure) {
            outcome.completeExceptionally(failure);
        }
    }

    /** Reads on to the end. */
    Downloaded finish() {
        released.countDown();
        return outcome.orTimeout(1, TimeUnit.MINUTES).join();
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

    private final class Stuck implements Landing {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            started.countDown();
            try {
                released.await();
            } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
            }
        }

        @Override
        public void commit(Downloaded whole) {}

        @Override
        public void discard() {}
    }
}
