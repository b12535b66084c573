package dev.wherry.cli;

import dev.wherry.client.Downloaded;
import dev.wherry.client.Small;
import dev.wherry.client.Uploaded;
import dev.wherry.fault.FaultException;
import java.io.IOException;

/** One file that is to go from one side to the other: run once, by a {@link Carrier}, on a connection of its choice. */
sealed interface Transfer permits PutFile, ResumeFile, GetFile, GetIntoPipe {
    Job job();

    /**
     * Carries the file over, and settles what becomes of a name that exists.
     *
     * @throws IOException when the connection or a local file failed
     * @throws dev.wherry.fault.FaultException what the server refused, or what is wrong with the file
     */
    Outcome run(Line line, Conduct conduct) throws IOException;

    /** Whether it goes with others through a {@link dev.wherry.client.Pipeline}; asked before it is run. */
    default boolean isSmall() {
        return false;
    }

    /** The same for such a pipeline. What this one cannot settle is told as a failure, and {@link #settle}d later. */
    default Small small(Conduct conduct, Landings landings, Small.Told<Outcome> told) {
        throw new IllegalStateException("not small: " + job().source());
    }

    /** Goes on after a refusal of the small one, if there is something to be done about it. */
    default Outcome settle(FaultException refused, Line line, Conduct conduct) throws IOException {
        throw refused;
    }

    /** How a transfer ended that did not fail. */
    sealed interface Outcome {
        /** With the name under which it went, when that is another than was planned. */
        Job job();

        record Went(Job job, Reporter.Done done) implements Outcome {
            static Went of(Job job, Uploaded up) {
                return new Went(job, new Reporter.Done(up.size(), up.before(), up.seconds(), up.sha256()));
            }

            static Went of(Job job, Downloaded down) {
                return new Went(job, new Reporter.Done(down.size(), down.seconds(), down.sha256()));
            }
        }

        record Skipped(Job job, String why) implements Outcome {
            static Skipped same(Job job) {
                return new Skipped(job, "the same file is there already");
            }

            static Skipped exists(Job job) {
                return new Skipped(job, "exists already");
            }
        }
    }
}
