package dev.wherry.cli;

import dev.wherry.client.Downloaded;
import dev.wherry.client.Landing;
import dev.wherry.client.TransferWatch;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Hears Ctrl-C while transfers run: the one that runs is stopped in an orderly way, so that the server can say what it
 * keeps of it, and no part of a download stays behind. A process of its own then ends with 130, as the system has it.
 */
final class Interrupts implements AutoCloseable {
    /** How long the running transfer may take to end before the process does. */
    private static final int PATIENCE_SECONDS = 3;

    private final CommandHost.Heed heed;
    private final Runnable late;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopped;
    private final Set<Landing> landings = ConcurrentHashMap.newKeySet();
    /** Set when nobody waits any more: what begins to land after that does not stay either. */
    private volatile boolean discarded;

    /** @param late called where what runs does not end in time, and so cannot tell itself how it is gone on with */
    Interrupts(CommandHost host, Runnable late) {
        this.late = late;
        this.heed = host.heeding(this::interrupted);
    }

    boolean stopped() {
        return stopped;
    }

    /** The same watch, but that it stops the transfer when the user does. */
    TransferWatch watching(TransferWatch watch) {
        return new TransferWatch() {
            @Override
            public void accepted(String upload) {
                watch.accepted(upload);
            }

            @Override
            public void progressed(long bytes, long durable) {
                watch.progressed(bytes, durable);
            }

            @Override
            public boolean stopped() {
                return stopped;
            }

            @Override
            public void lost(String reason) {
                watch.lost(reason);
            }

            @Override
            public void resumed(long offset) {
                watch.resumed(offset);
            }

            @Override
            public void startedOver(String reason) {
                watch.startedOver(reason);
            }
        };
    }

    /** Runs a download, of which nothing is left when the process has to end before it does. */
    Downloaded landing(Landing landing, Download download) throws IOException {
        landings.add(landing);
        if (discarded) {
            landing.discard();
        }
        try {
            return download.into(landing);
        } finally {
            landings.remove(landing);
        }
    }

    interface Download {
        Downloaded into(Landing landing) throws IOException;
    }

    private void interrupted() {
        stopped = true;
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                discarded = true;
                landings.forEach(Landing::discard);
                late.run();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        heed.close();
        // Whoever was interrupted waits for this.
        ended.countDown();
    }
}
