package dev.wherry.cli;

import dev.wherry.client.RemoteEntry;
import dev.wherry.fault.Fault;
import dev.wherry.path.Precondition;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What becomes of names that exist already: decided beforehand by an option, else asked, else refused. */
final class Existing {
    /** How many names beside a name are tried. */
    static final int MOST_BESIDE = 1000;

    @ArgGroup(exclusive = true)
    Choice choice = new Choice();

    /** How many files may still be asked about; unknown unless said. */
    private final AtomicInteger open = new AtomicInteger(Integer.MAX_VALUE);

    /** What was answered for all that follow; of whoever holds this object's lock. */
    private Optional<Decision> forAll = Optional.empty();

    /** @param files how many there are in all, so that nobody is asked about all of one */
    void expect(int files) {
        open.set(files);
    }

    /** One of them is over. */
    void settled() {
        open.decrementAndGet();
    }

    /**
     * Decides about one name; one question at a time.
     *
     * @param comes what would be written there
     * @param stays what is there now
     * @throws dev.wherry.fault.FaultException {@link Fault#EXISTS} when nobody has said and nobody can be asked
     */
    synchronized Decision decide(Screen screen, String name, Side comes, Side stays) {
        return choice.decision().or(() -> forAll).orElseGet(() -> {
            if (!screen.isInteractive()) {
                throw Fault.EXISTS.because("already exists: " + name
                        + "; say --overwrite, --skip-existing or --keep-both to decide beforehand");
            }
            return ask(screen, name, comes, stays);
        });
    }

    /** What a name on the server is to hold before the first attempt, so that nothing is asked that is decided. */
    Precondition expected() {
        return choice.overwrite ? new Precondition.Any() : new Precondition.Absent();
    }

    private Decision ask(Screen screen, String name, Side comes, Side stays) {
        screen.note(Visible.text(name) + " exists already:");
        new Table("lrrl")
                .row(stays.cells("  there now"))
                .row(comes.cells("  would be"))
                .lines()
                .forEach(screen::note);
        boolean more = open.get() > 1;
        while (true) {
            var answer = screen.ask("Replace it? [y]es [n]o " + (more ? "[a]ll n[o]ne " : "") + "[k]eep both ");
            if (answer.isEmpty()) {
                return Decision.SKIP;
            }
            switch (answer.get().strip().toLowerCase(Locale.ROOT)) {
                case "y", "yes" -> {
                    return Decision.REPLACE;
                }
                case "n", "no" -> {
                    return Decision.SKIP;
                }
                case "a", "all" -> {
                    forAll = Optional.of(Decision.REPLACE);
                    return Decision.REPLACE;
                }
                case "o", "none" -> {
                    forAll = Optional.of(Decision.SKIP);
                    return Decision.SKIP;
                }
                case "k", "keep", "keep both" -> {
                    return Decision.KEEP_BOTH;
                }
                default -> screen.note(more ? "Please answer y, n, a, o or k." : "Please answer y, n or k.");
            }
        }
    }

    /** The name beside a name, for the second, third … of it: {@code photo.jpg} becomes {@code photo (2).jpg}. */
    static String beside(String name, int number) {
        int dot = name.lastIndexOf('.');
        boolean hasEnding = dot > 0 && dot < name.length() - 1;
        return hasEnding
                ? name.substring(0, dot) + " (" + number + ")" + name.substring(dot)
                : name + " (" + number + ")";
    }

    enum Decision {
        REPLACE,
        SKIP,
        KEEP_BOTH
    }

    /** One of two files of the same name, as far as it is known. */
    record Side(long size, Optional<Instant> modified) {
        static Side of(RemoteEntry entry) {
            return new Side(entry.size(), entry.modified());
        }

        /** Two files of one rounded size are told apart by their bytes. */
        private String[] cells(String what) {
            return new String[] {
                what,
                Amounts.size(size),
                size < 1024 ? "" : "(" + size + " bytes)",
                modified.map(Amounts::time).orElse("")
            };
        }
    }

    /** The three options; at most one of them. */
    static final class Choice {
        @Option(names = "--overwrite", description = "Replace files that exist already.")
        boolean overwrite;

        @Option(
                names = {"--skip-existing", "--skip"},
                description = "Leave files alone that exist already.")
        boolean skip;

        @Option(names = "--keep-both", description = "Write beside files that exist already, as \"NAME (2)\".")
        boolean keepBoth;

        Optional<Decision> decision() {
            if (overwrite) {
                return Optional.of(Decision.REPLACE);
            }
            if (skip) {
                return Optional.of(Decision.SKIP);
            }
            return keepBoth ? Optional.of(Decision.KEEP_BOTH) : Optional.empty();
        }
    }
}
