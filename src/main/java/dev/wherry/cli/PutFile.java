package dev.wherry.cli;

import dev.wherry.client.RemoteEntry;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import java.io.IOException;

/**
 * A file, or what comes through a pipe, goes to the server.
 *
 * @param expected what its name is to hold there; where it holds something else that is settled, or refused
 * @param parents whether missing folders above the path are made
 */
record PutFile(LocalContent content, VirtualPath path, Precondition expected, boolean parents) implements Transfer {
    @Override
    public Job job() {
        return new Job(Job.Direction.UPLOAD, content.name(), ":" + path, content.size());
    }

    @Override
    public Outcome run(Line line, Conduct conduct) throws IOException {
        for (var attempt = expected; ; ) {
            try {
                return send(path, attempt, line, conduct);
            } catch (FaultException refused) {
                if (refused.fault() != Fault.EXISTS || !refused.facts().containsKey("etag")) {
                    throw refused;
                }
                var there = RemoteEntry.of(refused.facts());
                if (isThere(there)) {
                    return Outcome.Skipped.same(job());
                }
                var side = Existing.Side.of(there);
                switch (conduct.existing().decide(conduct.screen(), ":" + path, content.side(), side)) {
                    // The answer holds for the version that was shown: another one is asked about again.
                    case REPLACE ->
                        attempt = new Precondition.Version(there.etag().orElseThrow());
                    case SKIP -> {
                        return Outcome.Skipped.exists(job());
                    }
                    case KEEP_BOTH -> {
                        return sendBeside(line, conduct);
                    }
                }
            }
        }
    }

    private Outcome send(VirtualPath target, Precondition attempt, Line line, Conduct conduct) throws IOException {
        var job = job().withTarget(":" + target);
        try (var source = conduct.pace().slowed(content.open())) {
            var watch = conduct.interrupts().watching(conduct.reporter().started(job));
            var uploaded = line.get().upload(target, source, attempt, parents, watch);
            return Outcome.Went.of(job, uploaded.size(), uploaded.seconds(), uploaded.sha256());
        }
    }

    /** A lost answer is made good so: what has the digest of the local file was put there already. */
    private boolean isThere(RemoteEntry there) throws IOException {
        return there.sha256().isPresent()
                && content.size().isPresent()
                && content.size().getAsLong() == there.size()
                && content.sha256().equals(there.sha256());
    }

    private Outcome sendBeside(Line line, Conduct conduct) throws IOException {
        for (int number = 2; ; number++) {
            try {
                var beside = path.parent().child(Existing.beside(path.name(), number));
                return send(beside, new Precondition.Absent(), line, conduct);
            } catch (FaultException refused) {
                if (refused.fault() != Fault.EXISTS || number == Existing.MOST_BESIDE) {
                    throw refused;
                }
            }
        }
    }
}
