package dev.wherry.cli;

import dev.wherry.client.Connection;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
            "Of each transfer: how much has arrived and how much of that would survive a power cut, how fast it is, "
                    + "and when it will be done. Administrators see those of all accounts, others their own.",
            "",
            "Where no terminal is, and with --once or --json, it shows how things are, once."
        },
        footer = {"", "Examples:", "  wherry top", "  wherry top --once", "  wherry top --json | jq '.transfers[].path'"
        })
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
        try (var connection = contact.connect()) {
            var snapshot = snapshot(connection);
            if (contact.json()) {
                contact.lines().event("snapshot", snapshot);
                return ExitCode.DONE.number();
            }
            var screen = once || !contact.screen().canDraw()
                    ? Optional.<FullScreen>empty()
                    : FullScreen.take(contact.screen());
            if (screen.isEmpty()) {
                print(connection.server().toString(), snapshot);
                return ExitCode.DONE.number();
            }
            return live(connection, snapshot, screen.get());
        }
    }

    private static Map<String, Object> snapshot(Connection connection) throws IOException {
        var transfers = new ArrayList<Map<String, Object>>();
        connection.ask(new Request.Transfers(), transfers::add);
        var snapshot = new LinkedHashMap<>(connection.ask(new Request.Stats()));
        snapshot.put("transfers", transfers);
        return snapshot;
    }

    private int live(Connection connection, Map<String, Object> snapshot, FullScreen screen) throws IOException {
        try (screen) {
            var view = new TopView(connection.server().toString(), glyphs());
            return new TopLive(contact, screen, view, snapshot).run(connection).number();
        }
    }

    private void print(String server, Map<String, Object> snapshot) {
        var screen = contact.screen();
        StatsCommand.summary(server, Counted.of(snapshot)).lines().forEach(screen::say);
        var running = RunningNow.of(snapshot);
        if (!running.isEmpty()) {
            screen.say("");
            int columns = new TerminalWidth(screen.environment()).columns();
            new RunningRows(columns, glyphs())
                    .lines(running, Integer.MAX_VALUE)
                    .forEach(line -> screen.say(line.text(columns, false)));
        }
    }

    private Glyphs glyphs() {
        return Glyphs.of(contact.screen().out().charset(), contact.screen().environment());
    }
}
