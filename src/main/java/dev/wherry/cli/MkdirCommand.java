package dev.wherry.cli;

import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wherry mkdir}: folders are made on the server. */
@Command(
        name = "mkdir",
        description = "Make folders on the server, and the folders above them that are missing.",
        footer = {"", "Example:  wherry mkdir :/photos/2026/summer"})
final class MkdirCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "PLACE", description = "The folders to make.")
    List<String> places = new ArrayList<>();

    @Mixin
    final Contact contact;

    MkdirCommand(Surroundings around) {
        this.contact = new Contact(around);
    }

    @Override
    public Integer call() throws IOException {
        return contact.each(
                places,
                Contact::asTyped,
                Optional.of("made"),
                (line, path) -> line.get().ask(new Request.MakeFolder(path)));
    }
}
