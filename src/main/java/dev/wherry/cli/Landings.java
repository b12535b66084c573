package dev.wherry.cli;

import dev.wherry.client.Downloaded;
import dev.wherry.client.Landing;
import dev.wherry.client.Small;
import dev.wherry.client.SmallDownload;
import dev.wherry.fault.Fault;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Lays down small files on a thread of its own while others arrive; a full hand makes the network wait. */
final class Landings implements AutoCloseable {
    private static final int WAITING = 64;

    private final Conduct conduct;
    private final ExecutorService thread;

    Landings(Conduct conduct) {
        this.conduct = conduct;
        this.thread = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), Landings::thread, Landings::waitAndAdd);
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "wherry-land");
        thread.setDaemon(true);
        return thread;
    }

    private static void waitAndAdd(Runnable work, ThreadPoolExecutor pool) {
        uninterrupted(() -> {
            pool.getQueue().put(work);
            return true;
        });
    }

    /** What has arrived is laid down and told of, whoever wants this thread to end. */
    private static void uninterrupted(Waiting waiting) {
        boolean interrupted = false;
        boolean done = false;
        while (!done) {
            try {
                done = waiting.isDone();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Waiting {
        boolean isDone() throws InterruptedException;
    }

    SmallDownload.Lander of(Opening opening) {
        return (bytes, whole, told) -> thread.execute(() -> land(opening, bytes, whole, told));
    }

    private void land(Opening opening, byte[] bytes, Downloaded whole, Small.Told<Downloaded> told) {
        try {
            // Before there is a part of it, which would lie there all the while.
            goOn();
            conduct.pace().moved((int) whole.size());
            goOn();
            told.done(conduct.interrupts().landing(opening.open(), into -> laid(into, bytes, whole)));
        } catch (IOException | RuntimeException failure) {
            told.failed(failure);
        }
    }

    private void goOn() {
        if (conduct.interrupts().stopped()) {
            throw Fault.STOPPED.because("interrupted");
        }
    }

    private static Downloaded laid(Landing landing, byte[] bytes, Downloaded whole) throws IOException {
        return landing.land(() -> {
            landing.write(bytes, 0, (int) whole.size());
            return whole;
        });
    }

    /** Waits until all have landed, however long a slow disk or a limited rate takes for that. */
    @Override
    public void close() {
        thread.shutdown();
        uninterrupted(() -> thread.awaitTermination(1, TimeUnit.MINUTES));
    }

    /** Opens the place of one file. */
    interface Opening {
        Landing open() throws IOException;
    }
}
