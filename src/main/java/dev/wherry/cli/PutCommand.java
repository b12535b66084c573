package dev.wherry.cli;

import dev.wherry.client.RemoteEntry;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wherry put}: files and folders go to the server. */
@Command(
        name = "put",
        aliases = "upload",
        description = {
            "Send files and folders to the server.",
            "",
            "A place on the server is [USER@]HOST[:PORT]:/path, or :/path on the server last logged in "
                    + "to; without one, things go to :/. As with cp -r, they go into a folder that exists, into a "
                    + "folder that is made when the place ends in a slash, else to that very name. \"-\" is "
                    + "standard input.",
            "",
            "Each file is verified: it is there whole, with the same SHA-256, or not at all. Times of files and empty "
                    + "folders go along, mode bits do not. Hidden files are sent, links are skipped and counted."
        },
        footer = {
            "",
            "Examples:",
            "  wherry put holiday.mp4",
            "  wherry put -r photos notes.txt :/backup/",
            "  tar c photos | wherry put - :/photos.tar"
        })
final class PutCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "SOURCE… [PLACE]",
            hideParamSyntax = true,
            description = "What to send, and where to.")
    List<String> places = new ArrayList<>();

    @Option(
            names = {"-r", "--recursive"},
            description = "Send folders with all that is in them.")
    boolean recursive;

    @Option(names = "--follow", description = "Send what links point to; else links are skipped and counted.")
    boolean follow;

    @Mixin
    Existing existing = new Existing();

    @Mixin
    Access access = new Access();

    @Mixin
    Telling telling = new Telling();

    private final Surroundings around;

    PutCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException {
        var parsed = places.stream().map(around::place).toList();
        boolean named = parsed.size() > 1 && parsed.getLast() instanceof Place.Remote;
        var destination =
                named ? (Place.Remote) parsed.getLast() : new Place.Remote(Optional.empty(), Optional.empty(), "/");
        var sources = named ? parsed.subList(0, parsed.size() - 1) : parsed;
        try (var interrupts = new Interrupts();
                var line = new Line(around, access, destination);
                var reporter = telling.reporter(around.screen())) {
            var plan = new PutPlan(recursive, follow, around.screen().in());
            plan.add(sources, aim(destination.path(), sources.size() > 1, line));
            return run(plan, line, reporter, interrupts).number();
        }
    }

    private static Destination aim(String typed, boolean several, Line line) throws IOException {
        line.get();
        var tree = new RemoteTree(line);
        return Destination.of(
                typed, path -> tree.find(path).filter(RemoteEntry::isFolder).isPresent(), several);
    }

    private ExitCode run(PutPlan plan, Line line, Reporter reporter, Interrupts interrupts) throws IOException {
        var tally = new Tally();
        reporter.planned(plan.files().size(), plan.bytes());
        for (var problem : plan.problems()) {
            var job = new Job(Job.Direction.UPLOAD, problem.source(), "", OptionalLong.empty());
            tally.failed(problem.failure());
            reporter.failed(job, problem.failure());
        }
        for (var folder : plan.emptyFolders()) {
            makeFolder(folder, line);
        }
        var putter = new Putter(line, existing, around.screen(), reporter, tally, interrupts);
        for (var file : plan.files()) {
            if (interrupts.stopped()) {
                break;
            }
            putter.put(file.content(), file.target(), plan.makesParents());
        }
        if (plan.links() > 0) {
            around.screen().note(plan.links() + " links skipped (--follow sends what they point to)");
        }
        reporter.summary(tally);
        return tally.exitCode();
    }

    /** One that is there already is what was wanted; a file of that name shows itself when something goes into it. */
    private static void makeFolder(VirtualPath folder, Line line) throws IOException {
        try {
            line.get().ask(new Request.MakeFolder(folder));
        } catch (FaultException refused) {
            if (refused.fault() != Fault.EXISTS) {
                throw refused;
            }
        }
    }
}
