package dev.wherry.cli;

import dev.wherry.client.Downloaded;
import dev.wherry.client.Landing;
import dev.wherry.client.Small;
import dev.wherry.client.SmallDownload;
import dev.wherry.fault.FaultException;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Lays down small files on a thread of its own while others arrive; a full hand makes the network wait. */
final class Landings implements AutoCloseable {
    private static final int WAITING = 64;
    private static final long PATIENCE_MINUTES = 10;

    private final ExecutorService thread;

    Landings() {
        this.thread = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), Landings::thread, Landings::waitAndAdd);
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "wherry-land");
        thread.setDaemon(true);
        return thread;
    }

    private static void waitAndAdd(Runnable work, ThreadPoolExecutor pool) {
        try {
            pool.getQueue().put(work);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    SmallDownload.Lander of(Opening opening) {
        return (bytes, whole, told) -> thread.execute(() -> land(opening, bytes, whole, told));
    }

    private static void land(Opening opening, byte[] bytes, Downloaded whole, Small.Told<Downloaded> told) {
        try {
            var landing = opening.open();
            boolean landed = false;
            try {
                landing.write(bytes, 0, (int) whole.size());
                landing.commit(whole);
                landed = true;
            } finally {
                if (!landed) {
                    landing.discard();
                }
            }
            told.done(whole);
        } catch (IOException | FaultException failure) {
            told.failed(failure);
        }
    }

    /** Waits until all have landed. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(PATIENCE_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Opens the place of one file. */
    interface Opening {
        Landing open() throws IOException;
    }
}
