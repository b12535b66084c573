package dev.wherry.cli;

import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wherry stats}: what a server has counted since its start. */
@Command(
        name = "stats",
        description = {
            "Show what the server counted since it started: transfers, rates, connections, response times, disk.",
            "",
            "Half of all transfers and requests took no longer, and half of all transfers were no faster, than what "
                    + "stands under \"half\"; 99 of a hundred than what stands under \"99 %%\"."
        },
        footer = {"", "Examples:", "  wherry stats", "  wherry stats --json | jq .requests.lastMinute"})
final class StatsCommand implements Callable<Integer> {
    @Mixin
    final Contact contact;

    StatsCommand(Surroundings around) {
        this.contact = new Contact(around);
    }

    @Override
    public Integer call() throws IOException {
        try (var connection = contact.connect()) {
            var facts = connection.ask(new Request.Stats());
            if (contact.json()) {
                contact.lines().event("stats", facts);
            } else {
                show(connection.server().toString(), Counted.of(facts));
            }
        }
        return ExitCode.DONE.number();
    }

    private void show(String server, Counted counted) {
        var screen = contact.screen();
        summary(server, counted).lines().forEach(screen::say);
        var ended = spreads(counted);
        if (!ended.isEmpty()) {
            screen.say("");
            ended.lines().forEach(screen::say);
        }
        screen.say("");
        answers(counted.requests()).lines().forEach(screen::say);
    }

    static Table summary(String server, Counted counted) {
        var table = new Table("ll")
                .row(
                        "server",
                        server + ", up " + Amounts.span(counted.upSeconds()) + ", since "
                                + Amounts.time(counted.since()))
                .row(
                        "running",
                        (counted.running() == 1 ? "1 transfer" : counted.running() + " transfers") + ", up "
                                + Amounts.rate(counted.upBytesPerSecond()) + ", down "
                                + Amounts.rate(counted.downBytesPerSecond()))
                .row("uploads", counted.uploads().text())
                .row("downloads", counted.downloads().text())
                .row("connections", counted.connectionsText());
        counted.disk().ifPresent(disk -> table.row("disk", disk.text()));
        return table;
    }

    /** Of what was done; nothing where nothing was. */
    private static Table spreads(Counted counted) {
        var table = new Table("lrrrr");
        if (counted.uploads().done() + counted.downloads().done() > 0) {
            table.row("", "half within", "99 % within", "half up to", "99 % up to");
            add(table, "uploads", counted.uploads());
            add(table, "downloads", counted.downloads());
        }
        return table;
    }

    private static void add(Table table, String name, Counted.Ended ended) {
        if (ended.done() > 0) {
            table.row(
                    name,
                    Amounts.brief(ended.seconds().p50()),
                    Amounts.brief(ended.seconds().p99()),
                    Amounts.rate(ended.bytesPerSecond().p50()),
                    Amounts.rate(ended.bytesPerSecond().p99()));
        }
    }

    private static Table answers(Counted.Requests requests) {
        var table = new Table("lrrr").row("requests", "count", "half within", "99 % within");
        add(table, "last minute", requests.lastMinute());
        requests.verbs().forEach(verb -> add(table, verb.name(), verb.seconds()));
        return table.row("failed", Long.toString(requests.failed()), "", "");
    }

    private static void add(Table table, String name, Counted.Spread spread) {
        table.row(
                name,
                Long.toString(spread.count()),
                spread.count() == 0 ? "" : Amounts.brief(spread.p50()),
                spread.count() == 0 ? "" : Amounts.brief(spread.p99()));
    }
}
