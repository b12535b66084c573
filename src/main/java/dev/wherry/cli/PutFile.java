package dev.wherry.cli;

import dev.wherry.client.RemoteEntry;
import dev.wherry.client.Sending;
import dev.wherry.client.Small;
import dev.wherry.client.SmallUpload;
import dev.wherry.client.Uploaded;
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
        return attempt(expected, line, conduct);
    }

    private Outcome attempt(Precondition attempt, Line line, Conduct conduct) throws IOException {
        try {
            return send(path, attempt, line, conduct);
        } catch (FaultException refused) {
            return settle(refused, line, conduct);
        }
    }

    @Override
    public Outcome settle(FaultException refused, Line line, Conduct conduct) throws IOException {
        if (!isTaken(refused.fault()) || !refused.facts().containsKey("etag")) {
            throw refused;
        }
        var there = RemoteEntry.of(refused.facts());
        if (isThere(there)) {
            return Outcome.Skipped.same(job());
        }
        return switch (conduct.decide(":" + path, content.side(), Existing.Side.of(there))) {
            // The answer holds for the version that was shown: another one is asked about again.
            case REPLACE -> attempt(new Precondition.Version(there.etag().orElseThrow()), line, conduct);
            case SKIP -> Outcome.Skipped.exists(job());
            case KEEP_BOTH -> sendBeside(line, conduct);
        };
    }

    /** Another version than the one that was shown is as good as a name that is taken; not where one was expected. */
    private boolean isTaken(Fault fault) {
        return fault == Fault.EXISTS || (fault == Fault.CHANGED && !(expected instanceof Precondition.Version));
    }

    @Override
    public boolean isSmall() {
        return content.size().isPresent() && content.size().getAsLong() <= Small.LARGEST;
    }

    @Override
    public Small small(Conduct conduct, Landings landings, Small.Told<Outcome> told) {
        SmallUpload.Opening opening = () -> {
            conduct.reporter().started(job());
            return conduct.pace().slowed(content.open());
        };
        return new SmallUpload(opening, path, expected, parents, new Told<>(this::went, told));
    }

    private Outcome went(Uploaded uploaded) {
        return Outcome.Went.of(job(), uploaded.size(), uploaded.seconds(), uploaded.sha256());
    }

    private Outcome send(VirtualPath target, Precondition attempt, Line line, Conduct conduct) throws IOException {
        var job = job().withTarget(":" + target);
        try (var source = conduct.pace().slowed(content.open())) {
            var watch = conduct.interrupts().watching(conduct.reporter().started(job));
            var uploaded = line.persistent().upload(Sending.anew(target, source, attempt, parents), watch);
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
