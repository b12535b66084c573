package dev.wherry.cli;

import dev.wherry.client.Pace;
import dev.wherry.fault.FaultException;
import java.io.IOException;
import java.util.List;

/**
 * Carries out the transfers of one command, tells of each, and counts. One after another, on one connection; a transfer
 * needs nothing but a connection, so several could run at once on as many.
 */
final class Carrier implements AutoCloseable {
    private final Interrupts interrupts = new Interrupts();
    private final Tally tally = new Tally();
    private final Line line;
    private final Reporter reporter;
    private final Conduct conduct;

    Carrier(Line line, Reporter reporter, Existing existing, Screen screen, Pace pace) {
        this.line = line;
        this.reporter = reporter;
        this.conduct = new Conduct(existing, screen, reporter, interrupts, pace);
    }

    /** For the questions before and between the transfers. */
    Line line() {
        return line;
    }

    boolean isStopped() {
        return interrupts.stopped();
    }

    Tally tally() {
        return tally;
    }

    /** Tells what is to go, and what cannot. */
    void begin(Plan plan) {
        reporter.planned(plan.transfers().size(), plan.size());
        for (var problem : plan.problems()) {
            failed(problem.job(), problem.failure());
        }
    }

    /** Carries them over until the user stops it. What fails stops nothing else. */
    void run(List<Transfer> transfers) {
        for (var transfer : transfers) {
            if (interrupts.stopped()) {
                return;
            }
            run(transfer);
        }
    }

    /** The same up to the first that fails: what goes through one pipe is of no use with a hole in it. */
    void runWhole(List<Transfer> transfers) {
        for (var transfer : transfers) {
            if (tally.failedFiles() > 0 || interrupts.stopped()) {
                return;
            }
            run(transfer);
        }
    }

    private void run(Transfer transfer) {
        try {
            switch (transfer.run(line, conduct)) {
                case Transfer.Outcome.Went(var job, var done) -> {
                    tally.done(done.size());
                    reporter.finished(job, done);
                }
                case Transfer.Outcome.Skipped(var job, var why) -> {
                    tally.skipped();
                    reporter.skipped(job, why);
                }
            }
        } catch (IOException | FaultException failure) {
            failed(transfer.job(), failure);
        }
    }

    void failed(Job job, Exception failure) {
        tally.failed(failure);
        reporter.failed(job, failure);
    }

    /** Tells what became of all; answers what to exit with. */
    ExitCode end() {
        reporter.summary(tally);
        return tally.exitCode();
    }

    @Override
    public void close() {
        reporter.close();
        line.close();
        interrupts.close();
    }
}
