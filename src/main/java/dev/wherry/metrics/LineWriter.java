package dev.wherry.metrics;

import dev.wherry.path.Printable;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * The one who writes to the terminal: whole lines, and below them one live line that is cleared before a line is
 * written and drawn again after it, so that the two never mix.
 *
 * <p>It has a thread of its own and a bounded queue: an output that is not read (a stopped terminal, a full pipe) holds
 * up nobody else. What does not fit is counted, and the count is said when the output is read again.
 */
final class LineWriter {
    static final int MAX_WAITING = 10_000;
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private static final String CLEAR = "\r\u001b[2K";
    /** Without wrapping, the terminal itself cuts off what does not fit, whatever its width is by now. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final PrintStream out;
    private final PrintStream err;
    private final LongFunction<String> dropped;
    private final BlockingQueue<Job> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread;

    /** What the live line shall hold, and whether it is on the screen: the thread's own. */
    private String live = "";

    private boolean isDrawn;

    /** @param dropped says how many lines were lost */
    LineWriter(PrintStream out, PrintStream err, LongFunction<String> dropped) {
        this.out = out;
        this.err = err;
        this.dropped = dropped;
        this.thread = Thread.ofPlatform().name("console-log").daemon().start(this::run);
    }

    /** A line on standard output, made on the thread that writes it. */
    void out(Supplier<String> line) {
        offer(new Out(line));
    }

    /** A line on standard error, made likewise. */
    void err(Supplier<String> line) {
        offer(new Err(line));
    }

    /** What the live line holds from now on; empty for none. Lost without a word when the output does not keep up. */
    void live(String text) {
        var _ = waiting.offer(new Live(text));
    }

    private void offer(Job job) {
        if (!waiting.offer(job)) {
            lost.incrementAndGet();
        }
    }

    /** Writes what waits, for a bounded time, and takes the live line away. */
    void close() {
        try {
            waiting.put(new Live(""));
            waiting.put(new End());
            thread.join(CLOSING);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (var job = waiting.take(); !(job instanceof End); job = waiting.take()) {
                write(job);
                if (waiting.isEmpty()) {
                    settle();
                }
            }
            settle();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Job job) {
        switch (job) {
            case Live(String text) -> live = text;
            case Out(Supplier<String> line) -> {
                clear();
                sayLost();
                out.print(text(line) + "\n");
            }
            case Err(Supplier<String> line) -> {
                clear();
                sayLost();
                out.flush(); // both may be the same screen: in the order in which they came
                err.print(text(line) + "\n");
                err.flush();
            }
            case End() -> {}
        }
    }

    /** A line that cannot be made must not end the thread that writes all others. */
    private static String text(Supplier<String> line) {
        try {
            return line.get();
        } catch (RuntimeException failure) {
            return "a line could not be made: " + Printable.of(failure.toString());
        }
    }

    private void clear() {
        if (isDrawn) {
            out.print(CLEAR);
            isDrawn = false;
        }
    }

    private void sayLost() {
        long count = lost.getAndSet(0);
        if (count > 0) {
            out.print(dropped.apply(count) + "\n");
        }
    }

    /** Nothing waits: what was written is shown, and the live line under it. */
    private void settle() {
        clear();
        if (!live.isEmpty()) {
            out.print(NO_WRAP + live + WRAP);
            isDrawn = true;
        }
        out.flush();
    }

    private sealed interface Job {}

    private record Out(Supplier<String> line) implements Job {}

    private record Err(Supplier<String> line) implements Job {}

    private record Live(String text) implements Job {}

    private record End() implements Job {}
}
