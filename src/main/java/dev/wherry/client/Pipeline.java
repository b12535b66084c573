package dev.wherry.client;

import dev.wherry.fault.FaultException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Many small files through one connection: requests go before earlier ones are answered, as many as the server takes.
 * The caller's thread writes, another reads the answers, which come in the order of the requests.
 */
public final class Pipeline {
    /** What is gathered before it is sent, as long as the server takes more. */
    private static final int GATHERED = 64 * 1024;

    private final Wire wire;
    private final Semaphore window;
    private final int width;

    /** One for each file that was asked for, and one more at the end. */
    private final Semaphore sent = new Semaphore(0);

    /** Those that are not answered yet, in order. */
    private final Queue<Small> open = new ConcurrentLinkedQueue<>();

    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(2 * GATHERED);
    private final BooleanSupplier stopped;

    /** Set once by the reading thread. */
    private volatile @Nullable IOException cut;

    /** How many of them are gathered only: no answer to these is waited for. Of the writing thread. */
    private int unsent;

    /** How many files were taken from the list; of the writing thread. */
    private int begun;

    /** @param stopped whether no further file is to be begun */
    public Pipeline(Connection connection, BooleanSupplier stopped) {
        this.wire = connection.wire();
        this.width = connection.window();
        this.window = new Semaphore(width);
        this.stopped = stopped;
    }

    /**
     * Carries them over; each tells its own outcome.
     *
     * @param files those that have told nothing stay in the list: the connection was lost, or the user stopped it
     * @throws IOException the loss of the connection
     */
    public void run(List<Small> files) throws IOException {
        wire.patience(Wire.ANSWER);
        var reader = new Thread(this::read, "wherry-answers");
        reader.setDaemon(true);
        reader.start();
        try {
            write(files);
            flush();
            window.acquire(width);
        } catch (IOException lost) {
            wire.close();
            cut = cut == null ? lost : cut;
        } catch (InterruptedException interrupted) {
            wire.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
        sent.release();
        join(reader);
        files.subList(0, begun).clear();
        files.addAll(0, open);
        var lost = cut;
        if (lost != null) {
            wire.close();
            throw lost;
        }
    }

    private void write(List<Small> files) throws IOException, InterruptedException {
        var chunk = new Chunk();
        for (var file : files) {
            if (stopped.getAsBoolean()) {
                break;
            }
            if (!window.tryAcquire()) {
                flush();
                window.acquire();
            }
            var lost = cut;
            if (lost != null) {
                throw lost;
            }
            begun++;
            if (!write(file, chunk)) {
                window.release();
            }
        }
    }

    /** False when nothing was asked, because something here failed. */
    private boolean write(Small file, Chunk chunk) throws IOException {
        int before = gathered.size();
        try {
            file.write(gathered, chunk);
        } catch (IOException | FaultException local) {
            if (gathered.size() != before) {
                throw new IllegalStateException("a request was left half-written", local);
            }
            file.failed(local);
            return false;
        }
        open.add(file);
        unsent++;
        if (gathered.size() >= GATHERED) {
            flush();
        }
        return true;
    }

    private void flush() throws IOException {
        if (gathered.size() > 0) {
            wire.send(gathered.toByteArray());
            gathered.reset();
            sent.release(unsent);
            unsent = 0;
        }
    }

    /** However it ends, the writing thread has to hear of it: it would wait for ever for what nobody reads. */
    private void read() {
        try {
            while (true) {
                sent.acquire();
                var file = open.peek();
                if (file == null) {
                    return;
                }
                read(file);
                open.remove();
                window.release();
            }
        } catch (InterruptedException stopped) {
            wire.close();
        } catch (IOException lost) {
            lost(lost);
        } catch (RuntimeException | Error unexpected) {
            lost(new IOException("unexpected: " + unexpected, unexpected));
        }
    }

    private void read(Small file) throws IOException {
        try {
            file.read(wire);
        } catch (FaultException outOfStep) {
            open.remove();
            file.failed(outOfStep);
            throw new CannotConnectException(String.valueOf(outOfStep.getMessage()), outOfStep);
        }
    }

    private void lost(IOException failure) {
        cut = failure;
        wire.close();
        // Whoever waits to write is to see it.
        window.release(width);
    }

    private static void join(Thread reader) throws IOException {
        try {
            reader.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
