package dev.wherry.cli;

import dev.wherry.client.Pace;
import dev.wherry.fault.FaultException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries out the transfers of one command, tells of each, and counts. Small files go through one connection without
 * waiting for the answer to each; others have connections of their own, several at once.
 */
final class Carrier implements AutoCloseable {
    private final Interrupts interrupts;
    private final Tally tally = new Tally();
    private final Line line;
    private final Reporter reporter;
    private final Conduct conduct;
    private final int parallel;

    private final AtomicBoolean hasToldOfTheRest = new AtomicBoolean();

    /** How many files there are in all, and which way they go; set before the first of them goes. */
    private volatile int planned;

    private volatile Optional<Job.Direction> direction = Optional.empty();

    /** @param parallel how many connections carry files at once */
    Carrier(Line line, Reporter reporter, Existing existing, Screen screen, Pace pace, int parallel, boolean fsync) {
        this.interrupts = new Interrupts(line.host(), this::tellOfTheRest);
        this.line = line;
        this.reporter = reporter;
        this.parallel = parallel;
        this.conduct = new Conduct(existing, screen, reporter, interrupts, pace, fsync);
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
        planned = plan.transfers().size() + plan.problems().size();
        direction = plan.transfers().stream()
                .map(Transfer::job)
                .filter(job -> !job.target().equals("-"))
                .findFirst()
                .map(Job::direction);
        conduct.existing().expect(plan.transfers().size());
        reporter.planned(plan.transfers().size(), plan.size());
        for (var problem : plan.problems()) {
            failed(problem.job(), problem.failure());
        }
    }

    /** Carries them over until the user stops it. What fails stops nothing else. */
    void run(List<Transfer> transfers) {
        var small = transfers.stream().filter(Transfer::isSmall).toList();
        boolean pipelined = small.size() > 1;
        var others = new ConcurrentLinkedQueue<Transfer>(transfers);
        if (pipelined) {
            others.removeAll(new HashSet<>(small));
        }
        int most = Math.min(others.size(), pipelined ? Math.max(1, parallel - 1) : parallel);
        if (!pipelined && most <= 1) {
            drain(others, line);
            return;
        }
        if (pipelined && (parallel == 1 || others.isEmpty())) {
            runSmall(small);
            drain(others, line);
            return;
        }
        var threads = new ArrayList<Thread>();
        for (int i = pipelined ? 0 : 1; i < most; i++) {
            threads.add(beside(others));
        }
        if (pipelined) {
            runSmall(small);
        }
        drain(others, line);
        threads.forEach(Carrier::await);
    }

    private Thread beside(Queue<Transfer> transfers) {
        var thread = new Thread(
                () -> {
                    try (var own = line.another()) {
                        drain(transfers, own);
                    }
                },
                "wherry-carry");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain(Queue<Transfer> transfers, Line own) {
        while (!interrupts.stopped()) {
            var next = transfers.poll();
            if (next == null) {
                return;
            }
            run(next, own);
        }
    }

    private void runSmall(List<Transfer> transfers) {
        new SmallFiles(line, conduct, new SmallFiles.Outcomes() {
                    @Override
                    public void done(Transfer.Outcome outcome) {
                        Carrier.this.done(outcome);
                    }

                    @Override
                    public void failed(Transfer transfer, Exception failure) {
                        conduct.existing().settled();
                        Carrier.this.failed(transfer.job(), failure);
                    }
                })
                .run(transfers);
    }

    /** The same up to the first that fails: what goes through one pipe is of no use with a hole in it. */
    void runWhole(List<Transfer> transfers) {
        for (var transfer : transfers) {
            if (tally.failedFiles() > 0 || interrupts.stopped()) {
                return;
            }
            run(transfer, line);
        }
    }

    private void run(Transfer transfer, Line own) {
        try {
            done(transfer.run(own, conduct));
        } catch (IOException | FaultException failure) {
            conduct.existing().settled();
            failed(transfer.job(), failure);
        }
    }

    private void done(Transfer.Outcome outcome) {
        conduct.existing().settled();
        switch (outcome) {
            case Transfer.Outcome.Went(var job, var done) -> {
                tally.done(done.size());
                reporter.finished(job, done);
            }
            case Transfer.Outcome.Skipped(var job, var why) -> {
                tally.skipped();
                reporter.skipped(job, why);
            }
        }
    }

    void failed(Job job, Exception failure) {
        tally.failed(failure);
        reporter.failed(job, failure);
        HandOver.of(job, failure, line.said())
                .ifPresent(command -> reporter.handOver(job, command.upload(), line.typed(command.text())));
    }

    /** Tells what became of all; answers what to exit with. */
    ExitCode end() {
        if (interrupts.stopped()) {
            tellOfTheRest();
        }
        reporter.summary(tally);
        return tally.exitCode();
    }

    /** How the rest is gone on with, where there is any. */
    private void tellOfTheRest() {
        int left = planned - tally.all();
        if ((left > 0 || tally.failedFiles() > 0) && hasToldOfTheRest.compareAndSet(false, true)) {
            direction.ifPresent(way -> reporter.stopped(way, left));
        }
    }

    @Override
    public void close() {
        reporter.close();
        line.close();
        interrupts.close();
    }
}
