package dev.wherry.cli;

import dev.wherry.protocol.Request;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wherry tail}: what happens on the server, as it happens. */
@Command(
        name = "tail",
        description = {
            "Show what happens on the server, a line for each event, until Ctrl-C.",
            "",
            "With a place, --user and --event only of what these name.",
            "",
            "With --metrics one line a second of what runs and how fast, instead of the events; "
                    + "with --events beside them."
        },
        footer = {
            "",
            "Examples:",
            "  wherry tail",
            "  wherry tail --user anna --event transfer-finished,file-deleted :/backup",
            "  wherry tail --metrics --json | jq .upBytesPerSecond"
        })
final class TailCommand implements Callable<Integer> {
    private static final Set<String> NOT_IN_FACTS = Set.of("event", "at", "transfersLeftOut");

    @Parameters(
            arity = "0..1",
            paramLabel = "PLACE",
            description = "Only events about this file, or about this folder and what is below it.")
    Optional<String> place = Optional.empty();

    @Option(names = "--user", paramLabel = "NAME", description = "Only events of this account, or that it caused.")
    Optional<String> user = Optional.empty();

    @Option(
            names = "--event",
            paramLabel = "NAME",
            split = ",",
            description = "Only events of this name, such as transfer-finished; several parted by commas.")
    Set<String> names = new LinkedHashSet<>();

    @Option(names = "--events", description = "Events; so it is when nothing is said.")
    boolean events;

    @Option(names = "--metrics", description = "A line a second of what runs and how fast.")
    boolean metrics;

    @Mixin
    final Contact contact;

    TailCommand(Surroundings around) {
        this.contact = new Contact(around);
    }

    @Override
    public Integer call() throws IOException {
        var filter = filter();
        filter.doubt().ifPresent(contact.screen()::note);
        var filtered = place.isPresent() || user.isPresent() || !names.isEmpty();
        var fold = new Fold(contact.screen());
        try (var line = contact.line(contact.around().remote(place.orElse(":/")))) {
            line.get()
                    .tail(
                            new Request.Tail(events || filtered || !metrics, metrics),
                            facts -> show(filter, fold, facts));
        } catch (Output.LostException nobodyReads) {
            return ExitCode.DONE.number();
        }
        return ExitCode.DONE.number();
    }

    private TailFilter filter() {
        var path =
                place.map(text -> RemoteTree.parse(contact.around().remote(text).path()));
        return new TailFilter(user, path, names);
    }

    private void show(TailFilter filter, Fold fold, Map<String, Object> facts) {
        if (!filter.wants(facts)) {
            return;
        }
        if (contact.json()) {
            contact.lines().object(facts);
        } else {
            fold.lines(Visible.text(line(facts))).forEach(contact.screen()::say);
        }
        if (contact.screen().trouble().isPresent()) {
            throw new Output.LostException();
        }
    }

    static String line(Map<String, Object> facts) {
        var line = new StringBuilder(time(facts.get("at")));
        line.append("  ").append(facts.get("event") instanceof String name ? name : "metrics");
        facts.forEach((name, value) -> {
            if (!NOT_IN_FACTS.contains(name) && !(value instanceof Map) && !(value instanceof Iterable)) {
                line.append("  ").append(name).append('=').append(amount(name, value));
            }
        });
        return line.toString();
    }

    private static String time(@Nullable Object at) {
        try {
            return at instanceof String text ? Amounts.time(Instant.parse(text)) : "";
        } catch (DateTimeException unreadable) {
            return String.valueOf(at);
        }
    }

    private static String amount(String name, Object value) {
        if (!(value instanceof Number number)) {
            return String.valueOf(value);
        }
        if (name.endsWith("ytesPerSecond")) {
            return Amounts.rate(number.doubleValue());
        }
        return switch (name) {
            case "bytes", "size", "durable", "offset" -> Amounts.size(number.longValue());
            case "seconds" -> Amounts.duration(number.doubleValue());
            default -> String.valueOf(value);
        };
    }
}
