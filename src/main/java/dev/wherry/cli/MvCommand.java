package dev.wherry.cli;

import dev.wherry.client.RemoteEntry;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wherry mv}: files and folders get other names on the server. */
@Command(
        name = "mv",
        aliases = "move",
        description = {
            "Move or rename files and folders on the server.",
            "",
            "They go into a folder that exists, else to that very name. No byte of them is sent."
        },
        footer = {"", "Examples:", "  wherry mv :/draft.txt :/final.txt", "  wherry mv ':/*.jpg' :/photos"})
final class MvCommand implements Callable<Integer> {
    @Parameters(arity = "2..*", paramLabel = "PLACE", description = "What to move, and as the last where to.")
    List<String> places = new ArrayList<>();

    @Mixin
    Existing existing = new Existing();

    @Mixin
    Access access = new Access();

    @Mixin
    Telling telling = new Telling();

    private final Surroundings around;

    MvCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException {
        var remotes = around.remotes(places);
        try (var line = new Line(around, access, remotes.getFirst())) {
            var tree = new RemoteTree(line);
            var paths = new ArrayList<VirtualPath>();
            for (var remote : remotes.subList(0, remotes.size() - 1)) {
                paths.addAll(tree.expand(remote.path()));
            }
            var destination = Destination.of(
                    remotes.getLast().path(),
                    path -> tree.find(path).filter(RemoteEntry::isFolder).isPresent(),
                    paths.size() > 1);
            return new Each(around.screen(), telling)
                    .of(paths, "moved", path -> move(line, path, destination.pathFor(Optional.of(path.name()))));
        }
    }

    private void move(Line line, VirtualPath from, VirtualPath to) throws IOException {
        var expected = existing.choice.overwrite ? new Precondition.Any() : new Precondition.Absent();
        try {
            line.get().ask(new Request.Move(from, to, expected));
        } catch (FaultException refused) {
            if (refused.fault() != Fault.EXISTS) {
                throw refused;
            }
            settle(line, from, to);
        }
    }

    private void settle(Line line, VirtualPath from, VirtualPath to) throws IOException {
        var tree = new RemoteTree(line);
        var comes = tree.stat(from);
        var stays = tree.stat(to);
        var decision = existing.decide(around.screen(), ":" + to, side(comes), side(stays));
        switch (decision) {
            case REPLACE -> line.get().ask(new Request.Move(from, to, new Precondition.Any()));
            case SKIP -> around.screen().note("skipped :" + from + ": exists already");
            case KEEP_BOTH -> line.get().ask(new Request.Move(from, free(tree, to), new Precondition.Absent()));
        }
    }

    private static Existing.Side side(RemoteEntry entry) {
        return new Existing.Side(entry.size(), entry.modified());
    }

    private static VirtualPath free(RemoteTree tree, VirtualPath taken) throws IOException {
        for (int number = 2; ; number++) {
            var beside = taken.parent().child(Existing.beside(taken.name(), number));
            if (number == Existing.MOST_BESIDE || tree.find(beside).isEmpty()) {
                return beside;
            }
        }
    }
}
