package dev.wherry.cli;

import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Facts;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wherry history}: transfers that ended. */
@Command(
        name = "history",
        description = {
            "List transfers that ended, the newest first: when, which way, who, how much, how fast, what.",
            "",
            "Administrators see those of all accounts, others their own."
        },
        footer = {
            "",
            "Examples:",
            "  wherry history",
            "  wherry history --since yesterday --until today :/backup",
            "  wherry history --user anna --since 7d --all --csv > week.csv",
            "  wherry history --json | jq 'select(.outcome != \"done\")'"
        })
final class HistoryCommand implements Callable<Integer> {
    private static final int USUAL_LIMIT = 100;

    @Parameters(
            arity = "0..1",
            paramLabel = "PLACE",
            description = "Only of this file, or of this folder and what is below it.")
    Optional<String> place = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Only what ended since then: 90m, 12h, 7d, today, yesterday, 2026-07-01, \"2026-07-01 12:30\".")
    Optional<String> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Only what ended before that.")
    Optional<String> until = Optional.empty();

    @Option(names = "--user", paramLabel = "NAME", description = "Only of this account.")
    Optional<String> user = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "So many at most; 100 unless said.")
    int limit = USUAL_LIMIT;

    @Option(names = "--all", description = "All of them.")
    boolean all;

    @Option(names = "--csv", description = "As CSV with a line of names first, for a spreadsheet.")
    boolean csv;

    @Mixin
    final Contact contact;

    HistoryCommand(Surroundings around) {
        this.contact = new Contact(around);
    }

    @Override
    public Integer call() throws IOException {
        if (csv && contact.json()) {
            throw new UsageException("--csv and --json are two formats; choose one");
        }
        if (limit < 1) {
            throw new UsageException("--limit is at least 1; --all lists all");
        }
        var where = contact.around().remote(place.orElse(":"));
        var rows = format();
        boolean more;
        try (var line = contact.line(where)) {
            var pages = new HistoryPages(line.get(), request(where));
            more = pages.read(all ? Long.MAX_VALUE : limit, facts -> rows.row(new Facts(facts)));
        }
        rows.end();
        if (more && !contact.json()) {
            contact.screen().note("there are more: --limit N shows N of them, --all shows all");
        }
        return ExitCode.DONE.number();
    }

    private Request.History request(Place.Remote where) {
        var moments = Moments.ofProcess();
        var path = RemoteTree.parse(where.path());
        return new Request.History(
                since.map(moments::past),
                until.map(moments::past),
                OptionalLong.empty(),
                user,
                Optional.of(path).filter(named -> !named.equals(VirtualPath.ROOT)));
    }

    private Format format() {
        if (contact.json()) {
            return facts -> contact.lines().event("transfer", facts.all());
        }
        return csv ? new Csv(contact.screen()) : new Columns(contact.screen(), isNarrowed());
    }

    private boolean isNarrowed() {
        return place.isPresent() || since.isPresent() || until.isPresent() || user.isPresent();
    }

    /** What the rows look like. */
    interface Format {
        void row(Facts transfer);

        default void end() {}
    }

    /** For people: all rows before the first is shown, so that they stand below each other. */
    private static final class Columns implements Format {
        private final Table table = new Table("lllrrrl");
        private final Table narrow = new Table("lllrrr");
        private final List<String> paths = new ArrayList<>();
        private final Screen screen;
        private final boolean isNarrowed;

        Columns(Screen screen, boolean isNarrowed) {
            this.screen = screen;
            this.isNarrowed = isNarrowed;
        }

        @Override
        public void row(Facts transfer) {
            var outcome = transfer.text("outcome");
            var path = ":" + transfer.text("path") + ending(outcome);
            var cells = List.of(
                    Amounts.time(Instant.parse(transfer.text("finished"))),
                    transfer.text("direction"),
                    transfer.text("account"),
                    amount(transfer),
                    Amounts.duration(transfer.decimal("seconds")),
                    Amounts.rate(transfer.decimal("bytesPerSecond")),
                    path);
            table.row(cells.toArray(String[]::new));
            narrow.row(cells.subList(0, cells.size() - 1).toArray(String[]::new));
            paths.add(Visible.text(path));
        }

        /** Who stopped a transfer has not failed. */
        private static String ending(String outcome) {
            return switch (outcome) {
                case "done" -> "";
                case "stopped" -> "  stopped";
                default -> "  failed: " + outcome;
            };
        }

        /** What was moved, and of how much when that was not all; what went before is another row. */
        private static String amount(Facts transfer) {
            long bytes = transfer.number("bytes");
            var size = transfer.optionalNumber("size");
            if (size.isEmpty() || size.getAsLong() == bytes) {
                return Amounts.size(bytes);
            }
            boolean isTheRest = transfer.optionalNumber("offset").orElse(0) + bytes == size.getAsLong();
            return (isTheRest ? "last " : "") + Amounts.size(bytes) + " of " + Amounts.size(size.getAsLong());
        }

        @Override
        public void end() {
            var lines = table.lines();
            if (lines.stream().anyMatch(new Fold(screen)::isTooWide)) {
                var before = narrow.lines();
                for (int i = 0; i < before.size(); i++) {
                    screen.say(before.get(i) + "\n    " + paths.get(i));
                }
            } else {
                lines.forEach(screen::say);
            }
            if (lines.isEmpty()) {
                screen.nothing("no transfers" + (isNarrowed ? " that match" : " yet"));
            }
        }
    }
}
