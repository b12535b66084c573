package dev.wherry.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    final Existing existing = new Existing();

    @Mixin
    final Carrying carrying;

    private final Surroundings around;

    GetCommand(Surroundings around) {
        this.around = around;
        this.carrying = new Carrying(around);
    }

    @Override
    public Integer call() throws IOException {
        var last = around.place(places.getLast());
        boolean named = places.size() > 1 && !(last instanceof Place.Remote);
        var sources = around.remotes(named ? places.subList(0, places.size() - 1) : places);
        return named && last instanceof Place.Pipe
                ? intoPipe(sources).number()
                : get(sources, around.host().here(named ? places.getLast() : "."))
                        .number();
    }

    private ExitCode get(List<Place.Remote> sources, String target) throws IOException {
        try (var carrier = carrying.carrier(sources.getFirst(), around.screen(), existing)) {
            var tree = new RemoteTree(carrier.line());
            var paths = Contact.expanded(tree, sources);
            var destination = LocalDestination.of(target, paths.size() > 1);
            var get = new GetPlan(tree, recursive, carrying.selection, new LocalNames(around.windows()));
            for (var path : paths) {
                get.add(path, destination);
            }
            if (destination.isFolder()) {
                MadeFolders.make(destination.path());
            }
            var made = MadeFolders.of(get);
            carrier.begin(get.plan());
            carrier.run(get.plan().transfers());
            made.setTimes();
            return carrier.end();
        }
    }

    /** One after the other, as {@code cat} does. */
    private ExitCode intoPipe(List<Place.Remote> sources) throws IOException {
        try (var carrier = carrying.carrier(sources.getFirst(), around.screen().withResultsBeside(), existing)) {
            var tree = new RemoteTree(carrier.line());
            var get = new GetPlan(tree, recursive, carrying.selection, new LocalNames(around.windows()));
            for (var path : Contact.expanded(tree, sources)) {
                get.addIntoPipe(path);
            }
            carrier.begin(get.plan());
            carrier.runWhole(get.plan().transfers());
            return carrier.end();
        } catch (Output.LostException nobodyReads) {
            return ExitCode.DONE;
        }
    }
}
