package dev.wherry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
                    + "folders go along, mode bits do not. Hidden files are sent, links are skipped and counted.",
            "",
            "A lost connection is made again, and what the server has is not sent again, until two minutes have passed "
                    + "without progress; then it says how to go on."
        },
        footer = {
            "",
            "Examples:",
            "  wherry put holiday.mp4",
            "  wherry put -r photos notes.txt :/backup/",
            "  tar c photos | wherry put - :/photos.tar",
            "  wherry put --resume 4f2a91c07be64d0287a1c3e95b60d214 holiday.mp4"
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

    @Option(
            names = "--resume",
            paramLabel = "UPLOAD",
            description = "Go on with this upload of one file; see \"wherry uploads\".")
    Optional<String> resume = Optional.empty();

    @Mixin
    final Existing existing = new Existing();

    @Mixin
    final Carrying carrying;

    private final Surroundings around;

    PutCommand(Surroundings around) {
        this.around = around;
        this.carrying = new Carrying(around);
    }

    @Override
    public Integer call() throws IOException {
        var parsed = places.stream().flatMap(around::places).toList();
        boolean named = parsed.size() > 1 && parsed.getLast() instanceof Place.Remote;
        var destination = named ? (Place.Remote) parsed.getLast() : around.remote(":");
        var sources = named ? parsed.subList(0, parsed.size() - 1) : parsed;
        if (!named) {
            demandNoColonForgotten(sources);
        }
        if (resume.isPresent()) {
            return goOn(resume.get(), sources, destination).number();
        }
        var screen = carrying.contact.screen();
        boolean isTyped = sources.contains(new Place.Pipe()) && screen.isInteractive();
        if (isTyped) {
            screen.note("reading what is typed here, up to Ctrl-D at the beginning of a line");
        }
        // A bar would be drawn over what is typed.
        var telling = isTyped ? screen.withoutQuestions() : screen;
        try (var carrier = carrying.carrier(destination, telling, existing)) {
            var put = new PutPlan(recursive, follow, carrying.selection, existing.expected(), screen.in());
            put.add(sources, aim(destination.path(), sources.size() > 1, carrier.line()));
            carrier.begin(put.plan());
            var tree = new RemoteTree(carrier.line());
            for (var folder : put.emptyFolders()) {
                tree.make(folder);
            }
            if (!carrying.contact.json()) {
                Waiting.tell(put.plan().transfers(), carrier.line(), screen);
            }
            carrier.run(put.plan().transfers());
            if (put.links() > 0) {
                screen.note(LocalTree.skipped(put.links()));
            }
            return carrier.end().number();
        }
    }

    /** Where the last of several is nothing here it was meant to be a place there; nothing goes to the wrong one. */
    private static void demandNoColonForgotten(List<Place> sources) {
        if (sources.size() > 1
                && sources.getLast() instanceof Place.Local(var typed)
                && !Files.exists(Path.of(typed), LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageException("no such file here: " + typed + "; if it is a place on the server, write :/"
                    + typed.replaceFirst("^/+", ""));
        }
    }

    private ExitCode goOn(String upload, List<Place> sources, Place.Remote destination) throws IOException {
        if (sources.size() != 1 || !(sources.getFirst() instanceof Place.Local(var typed))) {
            throw new UsageException("--resume goes on with one upload: name the file that it is of");
        }
        try (var carrier = carrying.carrier(destination, around.screen(), existing)) {
            var transfer = ResumeFile.of(upload, typed, aim(destination.path(), false, carrier.line()), existing);
            var plan = new Plan();
            plan.add(transfer);
            carrier.begin(plan);
            carrier.run(plan.transfers());
            return carrier.end();
        }
    }

    private static Destination aim(String typed, boolean several, Line line) throws IOException {
        line.get();
        return Destination.of(typed, new RemoteTree(line)::isFolder, several);
    }
}
