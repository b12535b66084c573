package dev.wherry.cli;

import dev.wherry.client.Connection;
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

/** {@code wherry rm}: files, and with {@code -r} folders, are removed from the server. */
@Command(
        name = "rm",
        aliases = "delete",
        description = {
            "Remove files from the server, and with -r folders with all that is in them.",
            "",
            "There is no way back. A file that is being sent or fetched right now is busy, and stays."
        },
        footer = {"", "Examples:", "  wherry rm :/holiday.mp4", "  wherry rm ':/logs/*.gz'", "  wherry rm -r :/photos"})
final class RmCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "PLACE",
            description = "What to remove; quoted, it may hold * ? and [a-z].")
    List<String> places = new ArrayList<>();

    @Option(
            names = {"-r", "--recursive"},
            description = "Remove folders with all that is in them.")
    boolean recursive;

    @Mixin
    final Contact contact;

    RmCommand(Surroundings around) {
        this.contact = new Contact(around);
    }

    @Override
    public Integer call() throws IOException {
        return contact.each(
                places, Contact::expanded, Optional.of("removed"), (line, path) -> remove(line.get(), path));
    }

    private void remove(Connection connection, VirtualPath path) throws IOException {
        try {
            connection.ask(new Request.Delete(path));
        } catch (FaultException refused) {
            if (refused.fault() != Fault.IS_FOLDER || !recursive) {
                throw refused;
            }
            connection.ask(new Request.RemoveFolder(path, true));
        }
    }
}
