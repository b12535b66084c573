package dev.wherry.cli;

import dev.wherry.client.Sending;
import dev.wherry.client.Source;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.Optional;

/**
 * One file's way to the server, under whatever name it gets there in the end. What came whole and found its name taken
 * is kept there, and is not sent again: a pipe could not be. For one thread.
 */
final class PutCourse implements AutoCloseable {
    private static final String TAKEN = "already exists: ";

    private final PutFile file;
    private final Line line;
    private final Conduct conduct;
    private Optional<Source> source = Optional.empty();
    private Optional<Sending> begun = Optional.empty();

    PutCourse(PutFile file, Line line, Conduct conduct) {
        this.file = file;
        this.line = line;
        this.conduct = conduct;
    }

    /** Sends it to a name, or publishes under it what is there already. */
    Transfer.Outcome send(VirtualPath target, Precondition expected) throws IOException {
        var sending = sending(target, expected);
        begun = Optional.of(sending);
        var job = file.job().withTarget(":" + target);
        var watch = conduct.interrupts().watching(conduct.reporter().started(job));
        var uploaded = line.persistent().upload(sending, watch);
        return Transfer.Outcome.Went.of(job, uploaded);
    }

    private Sending sending(VirtualPath target, Precondition expected) throws IOException {
        if (kept().isPresent()) {
            return begun.orElseThrow().under(target, expected);
        }
        close();
        var opened = conduct.pace().slowed(file.content().open());
        source = Optional.of(opened);
        return Sending.anew(target, opened, expected, file.parents());
    }

    /** The upload under which the server keeps what it has. */
    private Optional<String> kept() {
        return begun.flatMap(Sending::upload);
    }

    /** It is not wanted after all: nothing of it is to count against a quota until it expires. */
    void giveUp() {
        kept().ifPresent(upload -> {
            try {
                line.get().ask(new Request.Cancel(upload));
            } catch (IOException | FaultException unheard) {
                // It expires by itself.
            }
        });
    }

    /** Does it; where the name is taken in the end, what is kept is told, with what can be done about it. */
    Transfer.Outcome orTold(Attempt attempt) throws IOException {
        try {
            return attempt.run();
        } catch (FaultException refused) {
            // Only what is said of a place on the server names its path: else it is the file here that has changed.
            boolean taken = refused.fault() == Fault.EXISTS
                    || (refused.fault() == Fault.CHANGED && refused.facts().containsKey("path"));
            throw taken ? kept().map(upload -> told(refused, upload)).orElse(refused) : refused;
        }
    }

    private FaultException told(FaultException refused, String upload) {
        var message = refused.getMessage();
        var what = refused.fault() == Fault.EXISTS && !message.startsWith(TAKEN) ? TAKEN + ":" + file.path() : message;
        var same = file.content().size().isPresent() ? "" : " from a FILE that holds the same bytes";
        return refused.fault()
                .because(
                        what + "; the server keeps what came as upload " + upload + ": \""
                                + line.typed("put --resume " + upload + " FILE :/OTHER") + "\" publishes it elsewhere"
                                + same + ", \"" + line.typed("uploads cancel " + upload) + "\" gives it up",
                        refused)
                .with("upload", upload);
    }

    @Override
    public void close() throws IOException {
        if (source.isPresent()) {
            source.get().close();
        }
    }

    /** What may be refused. */
    interface Attempt {
        Transfer.Outcome run() throws IOException;
    }
}
