package dev.wherry.cli;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wherry rmdir}: folders are removed from the server. */
@Command(
        name = "rmdir",
        description = "Remove folders from the server that are empty, or with -r with all that is in them.",
        footer = {"", "Example:  wherry rmdir :/photos/2026"})
final class RmdirCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "PLACE",
            description = "The folders to remove; quoted, they may hold * ? and [a-z].")
    List<String> places = new ArrayList<>();

    @Option(
            names = {"-r", "--recursive"},
            description = "Remove all that is in them too.")
    boolean recursive;

    @Mixin
    final Contact contact;

    RmdirCommand(Surroundings around) {
        this.contact = new Contact(around);
    }

    @Override
    public Integer call() throws IOException {
        return contact.each(places, Contact::expanded, Optional.of("removed"), (line, path) -> remove(line, path));
    }

    private void remove(Line line, VirtualPath path) throws IOException {
        try {
            line.get().ask(new Request.RemoveFolder(path, recursive));
        } catch (FaultException refused) {
            throw refused.fault() == Fault.NOT_FOUND
                    ? Fault.NOT_FOUND.because("no such folder: :" + path, refused)
                    : refused;
        }
    }
}
