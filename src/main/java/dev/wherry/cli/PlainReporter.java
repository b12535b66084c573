package dev.wherry.cli;

import dev.wherry.client.TransferWatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells a person, in lines: one for each file when it is done, and one for all when there were several. Of the files
 * that are skipped only the first few are named, and failures that many lines came after are said again at the end:
 * what matters among thousands of files is what went wrong. Called by one thread at a time for what becomes of files.
 */
final class PlainReporter implements Reporter {
    /** How many skipped files are named. */
    private static final int NAMED = 5;

    /** How many failures are said again. */
    private static final int REPEATED = 20;

    /** What so many lines or fewer came after can still be seen. */
    private static final int IN_SIGHT = 15;

    private final Screen screen;
    private int files;
    private int lines;
    private int skipped;
    private int failed;
    private int firstFailure;

    /** What was said of the first failures; with how to go on, where there is a way. */
    private final List<String> failures = new ArrayList<>();

    PlainReporter(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void planned(int count, long bytes) {
        files = count;
    }

    @Override
    public TransferWatch started(Job job) {
        return watch(job.named());
    }

    @Override
    public TransferWatch watch(String what) {
        return new TransferWatch() {
            @Override
            public void lost(String reason) {
                screen.note(Visible.text(what + ": " + reason + "; trying again"));
            }

            @Override
            public void startedOver(String reason) {
                screen.note(Visible.text(what + ": starting over: " + reason));
            }
        };
    }

    @Override
    public synchronized void handOver(Job job, String upload, String command) {
        var line = Visible.text("to go on: " + command);
        screen.note(line);
        if (failed <= REPEATED) {
            failures.add("  " + line);
        }
    }

    @Override
    public synchronized void finished(Job job, Done done) {
        lines++;
        if (!screen.isInteractive()) {
            screen.say(Visible.text(line(job, done)));
            return;
        }
        // The source has the same name; so the line fits on most terminals. A digest has a line of its own, which of
        // many files would be too much: "ls --sums" has them all.
        screen.say(Visible.text(job.target()) + figures(done));
        if (files <= 1) {
            screen.say("    sha256 " + done.sha256());
        }
    }

    static String line(Job job, Done done) {
        return job.source() + " -> " + job.target() + figures(done) + "  sha256 " + done.sha256();
    }

    private static String figures(Done done) {
        return "  " + Amounts.size(done.size()) + "  " + Amounts.duration(done.seconds()) + "  "
                + Amounts.rate(done.bytesPerSecond())
                + (done.before() > 0 ? "  resumed at " + Amounts.size(done.before()) : "");
    }

    @Override
    public synchronized void skipped(Job job, String why) {
        skipped++;
        if (skipped <= NAMED) {
            lines++;
            screen.note(Visible.text("skipped " + job.source() + ": " + why));
        }
    }

    @Override
    public synchronized void failed(Job job, Throwable failure) {
        var line = "wherry: " + Failures.sentence(failure, job.named());
        screen.note(line);
        lines++;
        failed++;
        if (failed == 1) {
            firstFailure = lines;
        }
        if (failed <= REPEATED) {
            failures.add("  " + line.substring("wherry: ".length()));
        }
    }

    @Override
    public void stopped(Job.Direction direction, int left) {
        switch (direction) {
            case UPLOAD -> {
                if (left > 0) {
                    screen.note((left == 1 ? "1 file has" : left + " files have")
                            + " not gone: the same command again sends what is not there yet");
                }
            }
            case DOWNLOAD -> screen.note("to go on: the same command again fetches what is not here yet");
        }
    }

    @Override
    public synchronized void summary(Tally tally) {
        if (skipped > NAMED) {
            screen.note("and " + (skipped - NAMED) + " more skipped");
        }
        if (failed > 0 && lines - firstFailure > IN_SIGHT) {
            screen.note("what failed:");
            failures.forEach(screen::note);
            if (failed > REPEATED) {
                screen.note("  and " + (failed - REPEATED) + " more");
            }
        }
        if (tally.all() > 1) {
            screen.say(line(tally));
        }
    }

    static String line(Tally tally) {
        var seconds = Math.max(tally.seconds(), 1e-6);
        return tally.done() + " done"
                + (tally.skippedFiles() > 0 ? ", " + tally.skippedFiles() + " skipped" : "")
                + (tally.failedFiles() > 0 ? ", " + tally.failedFiles() + " failed" : "")
                + (tally.done() > 0 ? moved(tally.bytes(), seconds) : "");
    }

    private static String moved(long bytes, double seconds) {
        return ": " + Amounts.size(bytes) + " in " + Amounts.duration(seconds) + ", " + Amounts.rate(bytes / seconds);
    }

    @Override
    public void close() {}
}
