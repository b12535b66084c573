package dev.wherry.cli;

import dev.wherry.client.TransferWatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Draws, below the lines of a {@link PlainReporter}, a bar for each file that runs and one for all when there are
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
    private int widest;
    private long drawnAt;
    private boolean isHushed;

    /** What became of other files while somebody is asked: it would stand where they type. */
    private final List<Runnable> heldBack = new ArrayList<>();

    /** The files that have moved a byte and are not over, by their source. */
    private final Map<String, Running> running = new LinkedHashMap<>();

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
        lines.planned(count, bytes);
    }

    @Override
    public TransferWatch started(Job job) {
        var name = Visible.text(job.direction() == Job.Direction.UPLOAD ? job.source() : job.named());
        var shown = new Running(name, job.size(), new Speed(clock));
        var told = lines.started(job);
        return new TransferWatch() {
            @Override
            public void progressed(long bytes, long durable) {
                BarReporter.this.progressed(job.source(), shown, bytes);
            }

            @Override
            public void lost(String reason) {
                beside(() -> told.lost(reason));
            }

            @Override
            public void resumed(long offset) {
                BarReporter.this.resumed(shown, offset);
            }

            @Override
            public void startedOver(String reason) {
                beside(() -> told.startedOver(reason));
            }
        };
    }

    @Override
    public TransferWatch watch(String what) {
        var told = lines.watch(what);
        return new TransferWatch() {
            @Override
            public void lost(String reason) {
                beside(() -> told.lost(reason));
            }
        };
    }

    private synchronized void beside(Runnable line) {
        if (isHushed) {
            heldBack.add(line);
            return;
        }
        erase();
        line.run();
    }

    private synchronized void resumed(Running file, long offset) {
        file.bytes = offset;
        file.speed.from(offset);
        allSpeed.from(moved());
    }

    private long moved() {
        return bytesBefore
                + running.values().stream().mapToLong(file -> file.bytes).sum();
    }

    private synchronized void progressed(String source, Running file, long bytes) {
        file.bytes = bytes;
        running.putIfAbsent(source, file);
        long now = clock.getAsLong();
        if (drawn > 0 && now - drawnAt < BETWEEN_DRAWINGS_NANOS) {
            return;
        }
        file.speed.at(bytes);
        draw(now);
    }

    private void draw(long now) {
        long moved = moved();
        allSpeed.at(moved);
        if (now - began < QUIET_NANOS || isHushed) {
            return;
        }
        drawnAt = now;
        // One column stays free: a full line would make some terminals begin the next.
        var line = new ProgressLine(columns.columns() - 1, TerminalWidth::of);
        var rows = new ArrayList<ProgressLine.Row>();
        for (var file : running.values()) {
            rows.add(new ProgressLine.Row(file.name, file.bytes, file.size, file.speed.perSecond()));
            widest = Math.max(widest, line.width(file.name));
        }
        if (files > 1) {
            rows.add(new ProgressLine.Row("all " + files, moved, all(), allSpeed.perSecond()));
        }
        var bars = rows.isEmpty() ? List.<String>of() : line.lines(rows, widest);
        var text = erased() + String.join("\n", bars);
        drawn = bars.size();
        screen.draw(text);
    }

    private OptionalLong all() {
        return OptionalLong.of(Math.max(allBytes, bytesBefore));
    }

    /** What takes away the bars that are on the screen. */
    private String erased() {
        return drawn == 0 ? "" : CLEAR_LINE + UP_AND_CLEAR.repeat(drawn - 1);
    }

    private void erase() {
        if (drawn > 0) {
            screen.draw(erased());
            drawn = 0;
        }
    }

    @Override
    public synchronized void finished(Job job, Done done) {
        running.remove(job.source());
        bytesBefore += done.size();
        beside(() -> lines.finished(job, done));
        long now = clock.getAsLong();
        if (files > 1 && now - drawnAt >= BETWEEN_DRAWINGS_NANOS) {
            draw(now);
        }
    }

    @Override
    public synchronized void skipped(Job job, String why) {
        running.remove(job.source());
        bytesBefore += job.size().orElse(0);
        beside(() -> lines.skipped(job, why));
    }

    @Override
    public synchronized void failed(Job job, Throwable failure) {
        running.remove(job.source());
        bytesBefore += job.size().orElse(0);
        beside(() -> lines.failed(job, failure));
    }

    @Override
    public synchronized void handOver(Job job, String upload, String command) {
        beside(() -> lines.handOver(job, upload, command));
    }

    @Override
    public synchronized void stopped(Job.Direction direction, int left) {
        beside(() -> lines.stopped(direction, left));
    }

    @Override
    public <T> T hushed(Supplier<T> question) {
        hush(true);
        try {
            return question.get();
        } finally {
            hush(false);
        }
    }

    private synchronized void hush(boolean hushed) {
        erase();
        isHushed = hushed;
        if (!hushed) {
            heldBack.forEach(Runnable::run);
            heldBack.clear();
        }
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

    /** A file of which a bar is drawn; of whoever holds the reporter's lock. */
    private static final class Running {
        private final String name;
        private final OptionalLong size;
        private final Speed speed;
        private long bytes;

        Running(String name, OptionalLong size, Speed speed) {
            this.name = name;
            this.size = size;
            this.speed = speed;
        }
    }
}
