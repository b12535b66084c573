package dev.wherry.cli;

import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wherry get}: files and folders come from the server. */
@Command(
        name = "get",
        aliases = "download",
        description = {
            "Fetch files and folders from the server.",
            "",
            "A place on the server is [USER@]HOST[:PORT]:/path, or :/path on the server last logged in "
                    + "to; quoted, it may hold * ? and [a-z]. Things go to the current folder unless a target is "
                    + "named. As with cp -r, they go into a folder that exists, into a folder that is made when "
                    + "the target ends in a slash, else to that very name. \"-\" is standard output.",
            "",
            "Each file appears under its name when it has arrived whole and verified, and not before. Times of files "
                    + "and empty folders come along, mode bits do not."
        },
        footer = {
            "",
            "Examples:",
            "  wherry get :/holiday.mp4",
            "  wherry get -r ':/photos' ':/logs/*.gz' backup/",
            "  wherry get :/photos.tar - | tar x"
        })
final class GetCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "PLACE… [TARGET]",
            hideParamSyntax = true,
            description = "What to fetch, and where to.")
    List<String> places = new ArrayList<>();

    @Option(
            names = {"-r", "--recursive"},
            description = "Fetch folders with all that is in them.")
    boolean recursive;

    @Mixin
    Existing existing = new Existing();

    @Mixin
    Access access = new Access();

    @Mixin
    Telling telling = new Telling();

    private final Surroundings around;

    GetCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException {
        var last = around.place(places.getLast());
        boolean named = places.size() > 1 && !(last instanceof Place.Remote);
        var sources = around.remotes(named ? places.subList(0, places.size() - 1) : places);
        boolean intoPipe = named && last instanceof Place.Pipe;
        var screen = intoPipe ? around.screen().withResultsBeside() : around.screen();
        try (var interrupts = new Interrupts();
                var line = new Line(around, access, sources.getFirst());
                var reporter = telling.reporter(screen)) {
            var tree = new RemoteTree(line);
            var paths = new ArrayList<VirtualPath>();
            for (var source : sources) {
                paths.addAll(tree.expand(source.path()));
            }
            var destination = LocalDestination.of(named && !intoPipe ? places.getLast() : ".", paths.size() > 1);
            var plan = new GetPlan(tree, recursive && !intoPipe, new LocalNames(around.windows()));
            for (var path : paths) {
                plan.add(path, destination);
            }
            if (destination.isFolder() && !intoPipe) {
                Files.createDirectories(destination.path());
            }
            var tally = new Tally();
            var getter = new Getter(line, existing, around.screen(), reporter, tally, interrupts);
            run(plan, getter, reporter, tally, interrupts, intoPipe);
            reporter.summary(tally);
            return tally.exitCode().number();
        }
    }

    private static void run(
            GetPlan plan, Getter getter, Reporter reporter, Tally tally, Interrupts interrupts, boolean intoPipe)
            throws IOException {
        reporter.planned(plan.files().size(), plan.bytes());
        for (var problem : plan.problems()) {
            tally.failed(problem.failure());
            reporter.failed(
                    new Job(Job.Direction.DOWNLOAD, ":" + problem.path(), "", OptionalLong.empty()), problem.failure());
        }
        var made = makeFolders(plan);
        for (var file : plan.files()) {
            if (interrupts.stopped()) {
                break;
            }
            if (intoPipe) {
                getter.getIntoPipe(file.path(), file.entry());
            } else {
                getter.get(file.path(), file.entry(), file.target());
            }
        }
        for (var folder : made) {
            setTime(folder);
        }
    }

    /** Answers those that were not there, the deepest first: their times are set when nothing more comes into them. */
    private static List<GetPlan.Folder> makeFolders(GetPlan plan) throws IOException {
        var made = new ArrayList<GetPlan.Folder>();
        for (var folder : plan.folders()) {
            if (!Files.isDirectory(folder.target())) {
                Files.createDirectories(folder.target());
                made.addFirst(folder);
            }
        }
        return made;
    }

    private static void setTime(GetPlan.Folder folder) throws IOException {
        if (folder.entry().modified().isPresent()) {
            Files.setLastModifiedTime(
                    folder.target(), FileTime.from(folder.entry().modified().get()));
        }
    }
}
