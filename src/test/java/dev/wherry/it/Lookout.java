package dev.wherry.it;

import dev.wherry.client.Connection;
import dev.wherry.client.Source;
import dev.wherry.fault.FaultException;
import dev.wherry.protocol.Request;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks at a busy server again and again: how many transfers it says that it runs, and how much memory it holds. What
 * is held begins, and goes on when the lookout has seen that all of it runs.
 */
final class Lookout implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int THIRDS = 3;

    private final RunningServer server;
    private final Connection connection;
    private final int expected;
    private final CountDownLatch seen = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Long> resident = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("lookout").unstarted(this::look);
    private volatile int mostHeld;
    private volatile int mostLater;

    /**
     * @param connection of somebody who sees everybody's transfers
     * @param expected how many are held
     */
    Lookout(RunningServer server, Connection connection, int expected) {
        this.expected = expected;
        this.server = server;
        this.connection = connection;
        thread.start();
    }

    /** A file that is read to its end when all that is held has been seen to run. */
    Source held(Path file) throws IOException {
        return Source.stream(file.toString(), new Held(Files.newInputStream(file)));
    }

    /** Nothing more is held. */
    void release() {
        seen.countDown();
    }

    int mostHeld() {
        return mostHeld;
    }

    /** The most that ran at once when nothing was held any more. */
    int mostLater() {
        return mostLater;
    }

    /** The mean of the resident memory in one third of the time, in MiB. */
    double meanResident(int third) {
        synchronized (resident) {
            int size = resident.size();
            return resident.subList(size * third / THIRDS, size * (third + 1) / THIRDS).stream()
                    .mapToLong(Long::longValue)
                    .average()
                    .orElse(0);
        }
    }

    private void look() {
        try {
            while (!over.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                var running = new ArrayList<>();
                connection.ask(new Request.Transfers(), running::add);
                if (seen.getCount() > 0) {
                    mostHeld = Math.max(mostHeld, running.size());
                    if (running.size() >= expected) {
                        seen.countDown();
                    }
                } else {
                    mostLater = Math.max(mostLater, running.size());
                    synchronized (resident) {
                        resident.add(server.residentMiB());
                    }
                }
            }
        } catch (IOException | FaultException failure) {
            seen.countDown();
            throw new UncheckedIOException(new IOException("the lookout sees nothing any more", failure));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends only when the lookout has seen enough. */
    private final class Held extends FilterInputStream {
        Held(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            if (count < 0) {
                await();
            }
            return count;
        }

        private void await() throws IOException {
            try {
                if (!seen.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IOException("not all that is held was seen to run");
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("ended");
            }
        }
    }
}
