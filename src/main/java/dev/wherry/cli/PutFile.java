package dev.wherry.cli;

import dev.wherry.client.RemoteEntry;
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
        try (var course = new PutCourse(this, line, conduct)) {
            return course.orTold(() -> attempt(expected, course, conduct));
        }
    }

    @Override
    public Outcome settle(FaultException refused, Line line, Conduct conduct) throws IOException {
        try (var course = new PutCourse(this, line, conduct)) {
            return course.orTold(() -> settle(refused, course, conduct));
        }
    }

    private Outcome attempt(Precondition attempt, PutCourse course, Conduct conduct) throws IOException {
        try {
            return course.send(path, attempt);
        } catch (FaultException refused) {
            return settle(refused, course, conduct);
        }
    }

    private Outcome settle(FaultException refused, PutCourse course, Conduct conduct) throws IOException {
        if (!isTaken(refused.fault()) || !refused.facts().containsKey("etag")) {
            throw refused;
        }
        var there = RemoteEntry.of(refused.facts());
        if (isThere(there)) {
            course.giveUp();
            return Outcome.Skipped.same(job());
        }
        return switch (conduct.decide(":" + path, content.side(), Existing.Side.of(there))) {
            // The answer holds for the version that was shown: another one is asked about again.
            case REPLACE -> attempt(new Precondition.Version(there.etag().orElseThrow()), course, conduct);
            case SKIP -> {
                course.giveUp();
                yield Outcome.Skipped.exists(job());
            }
            case KEEP_BOTH -> sendBeside(course);
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
        return Outcome.Went.of(job(), uploaded);
    }

    /** A lost answer is made good so: what has the digest of the local file was put there already. */
    private boolean isThere(RemoteEntry there) throws IOException {
        return there.sha256().isPresent()
                && content.size().isPresent()
                && content.size().getAsLong() == there.size()
                && content.sha256().equals(there.sha256());
    }

    private Outcome sendBeside(PutCourse course) throws IOException {
        for (int number = 2; ; number++) {
            try {
                var beside = path.parent().child(Existing.beside(path.name(), number));
                return course.send(beside, new Precondition.Absent());
            } catch (FaultException refused) {
                if (refused.fault() != Fault.EXISTS || number == Existing.MOST_BESIDE) {
                    throw refused;
                }
            }
        }
    }
}
