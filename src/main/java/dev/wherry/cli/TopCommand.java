package dev.wherry.cli;

import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wherry top}: what runs on a server, live. */
@Command(
        name = "top",
        description = {
            "Show what runs on the server, live: transfers, rates, connections, response times, disk. q quits.",
            "",
            "Of each transfer: how much has arrived and how much of that would survive a power cut, how fast it is, and "
                    + "when it will be done. Administrators see those of all accounts, others their own.",
            "",
            "Where no terminal is, and with --once or --json, it shows how things are, once."
        },
        footer = {"", "Examples:", "  wherry top", "  wherry top --once", "  wherry top --json | jq '.transfers[].path'"})
final class TopCommand implements Callable<Integer> {
    @Option(names = "--once", description = "Show how things are now, and end.")
    boolean once;

    @Mixin
    final Contact contact;

    TopCommand(Surroundings around) {
        this.contact = new Contact(around);
    }

    @Override
    public Integer call() throws IOException {
        return once();
    }

    private int once() throws IOException {
        try (var connection = contact.connect()) {
            var transfers = new ArrayList<Map<String, Object>>();
            connection.ask(new Request.Transfers(), transfers::add);
            var facts = new LinkedHashMap<>(connection.ask(new Request.Stats()));
            facts.put("transfers", transfers);
            if (contact.json()) {
                contact.lines().event("snapshot", facts);
            }
        }
        return ExitCode.DONE.number();
    }
}
