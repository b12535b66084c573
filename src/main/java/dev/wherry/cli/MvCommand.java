package dev.wherry.cli;

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
    final Contact contact;

    MvCommand(Surroundings around) {
        this.contact = new Contact(around);
    }

    @Override
    public Integer call() throws IOException {
        var remotes = contact.around().remotes(places);
        try (var line = contact.line(remotes.getFirst())) {
            var tree = new RemoteTree(line);
            var paths = Contact.expanded(tree, remotes.subList(0, remotes.size() - 1));
            var destination = Destination.of(remotes.getLast().path(), tree::isFolder, paths.size() > 1);
            existing.expect(paths.size());
            return new Each(contact.screen(), contact.json())
                    .of(
                            line,
                            paths,
                            Optional.of("moved"),
                            (same, path) -> move(same, path, destination.pathFor(Optional.of(path.name()))));
        }
    }

    private void move(Line line, VirtualPath from, VirtualPath to) throws IOException {
        try {
            moveOrAsk(line, from, to);
        } finally {
            existing.settled();
        }
    }

    private void moveOrAsk(Line line, VirtualPath from, VirtualPath to) throws IOException {
        Optional<Request.Move> next = Optional.of(new Request.Move(from, to, existing.expected()));
        while (next.isPresent()) {
            try {
                line.get().ask(next.get());
                return;
            } catch (FaultException refused) {
                if (!isOpen(next.get(), to, refused)) {
                    throw isNothing(from, refused)
                            ? Fault.NOT_FOUND.because("no such file or folder: :" + from, refused)
                            : refused;
                }
                next = settle(line, from, to);
            }
        }
    }

    /** Whether there is nothing to move, as may be where its folder is not there either. */
    private static boolean isNothing(VirtualPath from, FaultException refused) {
        return switch (refused.fault()) {
            case NOT_FOUND -> true;
            case NO_FOLDER ->
                refused.facts().get("folder") instanceof String missing && from.isWithin(VirtualPath.parse(missing));
            default -> false;
        };
    }

    /** Whether it is a question: not that something cannot be replaced, and no more a name beside it. */
    private static boolean isOpen(Request.Move asked, VirtualPath to, FaultException refused) {
        return asked.to().equals(to)
                && switch (asked.expected()) {
                    case Precondition.Any _ -> false;
                    case Precondition.Absent _ -> refused.fault() == Fault.EXISTS;
                    case Precondition.Version _ -> refused.fault() == Fault.CHANGED;
                };
    }

    /**
     * What to ask for now, if anything. The answer holds for the version that was shown: another is asked about again.
     */
    private Optional<Request.Move> settle(Line line, VirtualPath from, VirtualPath to) throws IOException {
        var tree = new RemoteTree(line);
        var comes = Existing.Side.of(tree.stat(from));
        var stays = tree.find(to);
        if (stays.isEmpty()) {
            return Optional.of(new Request.Move(from, to, new Precondition.Absent()));
        }
        return switch (existing.decide(contact.screen(), ":" + to, comes, Existing.Side.of(stays.get()))) {
            case REPLACE -> {
                var shown = stays.get().etag().<Precondition>map(Precondition.Version::new);
                yield Optional.of(new Request.Move(from, to, shown.orElseGet(Precondition.Any::new)));
            }
            case SKIP -> {
                contact.screen().note("skipped :" + from + ": exists already");
                yield Optional.empty();
            }
            case KEEP_BOTH -> Optional.of(new Request.Move(from, free(tree, to), new Precondition.Absent()));
        };
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
