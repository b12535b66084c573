package dev.wherry.cli;

import dev.wherry.client.RemoteEntry;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * A file comes from the server and goes on through standard output, as it comes: nothing would be gained by holding a
 * terabyte back. Whether it was right is known at its end, and told by the exit code.
 */
record GetIntoPipe(VirtualPath path, RemoteEntry entry) implements Transfer {
    @Override
    public Job job() {
        return new Job(Job.Direction.DOWNLOAD, ":" + path, "-", OptionalLong.of(entry.size()));
    }

    @Override
    public Outcome run(Line line, Conduct conduct) throws IOException {
        var job = job();
        var pipe = new LandingPipe(conduct.screen().out());
        var landing = conduct.pace().slowed(pipe);
        var watch = conduct.interrupts().watching(conduct.reporter().started(job));
        try {
            var downloaded = line.persistent().download(path, entry.etag(), landing, watch);
            return Outcome.Went.of(job, downloaded);
        } catch (FaultException failure) {
            throw pipe.written() == 0 ? failure : spoilt(failure);
        } catch (IOException failure) {
            if (pipe.isUnread()) {
                throw new Output.LostException();
            }
            throw failure;
        }
    }

    /** What has gone through cannot be taken back. */
    private FaultException spoilt(FaultException failure) {
        var because = failure.fault() == Fault.WRONG_DIGEST || failure.fault() == Fault.WRONG_SIZE
                ? "what arrived is not what the server has"
                : failure.getMessage();
        return failure.fault()
                .because(":" + path + ": " + because + "; what went through the pipe is of no use", failure);
    }
}
