package dev.wherry.cli;

import dev.wherry.client.Pace;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all commands have that carry files: which of those that were found go, how fast, and how it is told. */
final class Carrying {
    private static final int MOST_PARALLEL = 16;

    @Mixin
    final Selection selection = new Selection();

    @Option(
            names = "--limit-rate",
            paramLabel = "RATE",
            description = "No faster than this in all, in bytes a second: 500K, 20M, 1.5G.")
    Optional<String> limitRate = Optional.empty();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "How many connections carry files at once: 1 to 16, 4 unless said.")
    int parallel = 4;

    @Option(
            names = "--fsync",
            description =
                    "Files that are fetched survive a power cut of this machine before they have their names; what is "
                            + "sent is safe there in any case.")
    boolean fsync;

    @Mixin
    final Contact contact;

    Carrying(Surroundings around) {
        this.contact = new Contact(around);
    }

    Pace pace() {
        return limitRate.map(text -> Pace.of(Amounts.parseRate(text))).orElse(Pace.UNLIMITED);
    }

    /** @param screen which may not be the usual one: where bytes go into a pipe, results are told beside */
    Carrier carrier(Place.Remote place, Screen screen, Existing existing) {
        if (parallel < 1 || parallel > MOST_PARALLEL) {
            throw new UsageException("--parallel is a number from 1 to " + MOST_PARALLEL);
        }
        return new Carrier(
                contact.line(place).forTransfers(),
                contact.telling.reporter(screen),
                existing,
                contact.screen(),
                pace(),
                parallel,
                fsync);
    }
}
