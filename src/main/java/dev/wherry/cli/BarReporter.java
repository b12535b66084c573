package dev.wherry.cli;

import dev.wherry.client.TransferWatch;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Draws, below the lines of a {@link PlainReporter}, a bar for the file that runs and one for all when there are
 * several. The bytes are those that the server says it has. Called from the threads of a transfer: all but the watch
 * under one lock.
 */
final class BarReporter implements Reporter {
    /** What is over before this needs no bar. */
    private static final long QUIET_NANOS = 300_000_000L;

    private static final long BETWEEN_DRAWINGS_NANOS = 100_000_000L;
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

    private final PlainReporter lines;
    private final Screen screen;
    private final LongSupplier clock;
    private final TerminalWidth columns;
    private final long began;
    private final Speed allSpeed;

    private int files;
    private long allBytes;
    private long bytesBefore;
    private int drawn;
    private long drawnAt;

    /** @param columns asked before each drawing: windows change their size */
    BarReporter(PlainReporter lines, Screen screen, LongSupplier clock, TerminalWidth columns) {
        this.lines = lines;
        this.screen = screen;
        this.clock = clock;
        this.columns = columns;
        this.began = clock.getAsLong();
        this.allSpeed = new Speed(clock);
    }

    @Override
    public synchronized void planned(int count, long bytes) {
        files = count;
        allBytes = bytes;
    }

    @Override
    public TransferWatch started(Job job) {
        var name = Visible.text(job.direction() == Job.Direction.UPLOAD ? job.source() : job.named());
        var speed = new Speed(clock);
        return new TransferWatch() {
            @Override
            public void progressed(long bytes, long durable) {
                BarReporter.this.progressed(name, job.size(), bytes, speed);
            }
        };
    }

    private synchronized void progressed(String name, OptionalLong size, long bytes, Speed speed) {
        long now = clock.getAsLong();
        if (drawn > 0 && now - drawnAt < BETWEEN_DRAWINGS_NANOS) {
            return;
        }
        speed.at(bytes);
        allSpeed.at(bytesBefore + bytes);
        if (now - began < QUIET_NANOS) {
            return;
        }
        drawnAt = now;
        // One column stays free: a full line would make some terminals begin the next.
        var line = new ProgressLine(columns.columns() - 1, TerminalWidth::of);
        var text = erased() + line.text(name, bytes, size, speed.perSecond());
        drawn = 1;
        if (files > 1) {
            text += "\n" + line.text("all " + files, bytesBefore + bytes, all(), allSpeed.perSecond());
            drawn = 2;
        }
        screen.draw(text);
    }

    private OptionalLong all() {
        return OptionalLong.of(Math.max(allBytes, bytesBefore));
    }

    /** What takes away the bars that are on the screen. */
    private String erased() {
        return switch (drawn) {
            case 0 -> "";
            case 1 -> CLEAR_LINE;
            default -> CLEAR_LINE + UP_AND_CLEAR;
        };
    }

    private void erase() {
        if (drawn > 0) {
            screen.draw(erased());
            drawn = 0;
        }
    }

    @Override
    public synchronized void finished(Job job, Done done) {
        erase();
        bytesBefore += done.size();
        lines.finished(job, done);
    }

    @Override
    public synchronized void skipped(Job job, String why) {
        erase();
        bytesBefore += job.size().orElse(0);
        lines.skipped(job, why);
    }

    @Override
    public synchronized void failed(Job job, Throwable failure) {
        erase();
        bytesBefore += job.size().orElse(0);
        lines.failed(job, failure);
    }

    @Override
    public synchronized void summary(Tally tally) {
        erase();
        lines.summary(tally);
    }

    @Override
    public synchronized void close() {
        erase();
        lines.close();
    }
}
