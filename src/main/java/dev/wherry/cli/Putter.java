package dev.wherry.cli;

import dev.wherry.client.RemoteEntry;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import java.io.IOException;

/** Puts files on the server one after another, and settles what becomes of names that exist. */
final class Putter {
    private final Line line;
    private final Existing existing;
    private final Screen screen;
    private final Reporter reporter;
    private final Tally tally;
    private final Interrupts interrupts;

    Putter(Line line, Existing existing, Screen screen, Reporter reporter, Tally tally, Interrupts interrupts) {
        this.line = line;
        this.existing = existing;
        this.screen = screen;
        this.reporter = reporter;
        this.tally = tally;
        this.interrupts = interrupts;
    }

    /** @param parents whether missing folders above the path are made */
    void put(LocalContent content, VirtualPath path, boolean parents) {
        var job = new Job(Job.Direction.UPLOAD, content.name(), ":" + path, content.size());
        try {
            attempt(content, path, parents, job);
        } catch (IOException | FaultException failure) {
            tally.failed(failure);
            reporter.failed(job, failure);
        }
    }

    private void attempt(LocalContent content, VirtualPath path, boolean parents, Job job) throws IOException {
        Precondition expected = existing.choice.overwrite ? new Precondition.Any() : new Precondition.Absent();
        while (true) {
            try {
                send(content, path, expected, parents, job);
                return;
            } catch (FaultException refused) {
                if (refused.fault() != Fault.EXISTS || !refused.facts().containsKey("etag")) {
                    throw refused;
                }
                var there = RemoteEntry.of(refused.facts());
                if (isThere(content, there, job)) {
                    return;
                }
                // The answer holds for the version that was shown: another one is asked about again.
                switch (existing.decide(screen, job.target(), content.side(), side(there))) {
                    case REPLACE ->
                        expected = new Precondition.Version(there.etag().orElseThrow());
                    case SKIP -> {
                        tally.skipped();
                        reporter.skipped(job, "exists already");
                        return;
                    }
                    case KEEP_BOTH -> {
                        keepBoth(content, path, parents, job);
                        return;
                    }
                }
            }
        }
    }

    private void send(LocalContent content, VirtualPath path, Precondition expected, boolean parents, Job job)
            throws IOException {
        try (var source = content.open()) {
            var watch = interrupts.watching(reporter.started(job));
            var uploaded = line.get().upload(path, source, expected, parents, watch);
            tally.done(uploaded.size());
            reporter.finished(job, new Reporter.Done(uploaded.size(), uploaded.seconds(), uploaded.sha256()));
        }
    }

    /** A lost answer is made good so: what has the digest of the local file was put there already. */
    private boolean isThere(LocalContent content, RemoteEntry there, Job job) throws IOException {
        if (there.sha256().isEmpty()
                || content.size().isEmpty()
                || content.size().getAsLong() != there.size()
                || !content.sha256().equals(there.sha256())) {
            return false;
        }
        tally.skipped();
        reporter.skipped(job, "the same file is there already");
        return true;
    }

    private static Existing.Side side(RemoteEntry there) {
        return new Existing.Side(there.size(), there.modified());
    }

    private void keepBoth(LocalContent content, VirtualPath path, boolean parents, Job job) throws IOException {
        for (int number = 2; ; number++) {
            var beside = path.parent().child(Existing.beside(path.name(), number));
            try {
                send(content, beside, new Precondition.Absent(), parents, job.withTarget(":" + beside));
                return;
            } catch (FaultException refused) {
                if (refused.fault() != Fault.EXISTS || number == Existing.MOST_BESIDE) {
                    throw refused;
                }
            }
        }
    }
}
