package dev.wherry.cli;

import dev.wherry.client.TransferWatch;

/** Tells a person, in lines: one for each file when it is done, and one for all when there were several. */
final class PlainReporter implements Reporter {
    private final Screen screen;

    PlainReporter(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void planned(int files, long bytes) {}

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
    public void handOver(Job job, String upload, String command) {
        screen.note(Visible.text("to go on: " + command));
    }

    @Override
    public void finished(Job job, Done done) {
        if (screen.isInteractive()) {
            // The source has the same name; so the line fits on most terminals, and the digest on one of its own.
            screen.say(Visible.text(job.target()) + figures(done));
            screen.say("    sha256 " + done.sha256());
        } else {
            screen.say(Visible.text(line(job, done)));
        }
    }

    static String line(Job job, Done done) {
        return job.source() + " -> " + job.target() + figures(done) + "  sha256 " + done.sha256();
    }

    private static String figures(Done done) {
        return "  " + Amounts.size(done.size()) + "  " + Amounts.duration(done.seconds()) + "  "
                + Amounts.rate(done.bytesPerSecond());
    }

    @Override
    public void skipped(Job job, String why) {
        screen.note(Visible.text("skipped " + job.source() + ": " + why));
    }

    @Override
    public void failed(Job job, Throwable failure) {
        screen.note("wherry: " + Failures.sentence(failure, job.named()));
    }

    @Override
    public void summary(Tally tally) {
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
