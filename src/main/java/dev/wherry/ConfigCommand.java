package dev.wherry;

import dev.wherry.config.ConfigException;
import dev.wherry.config.Origin;
import dev.wherry.config.Settings;
import dev.wherry.config.Sources;
import dev.wherry.path.Printable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wherry config}: what the server would run with, and everything that is wrong with it, at once. */
@Command(name = "config", description = "Look at the server's configuration.", synopsisSubcommandLabel = "check | show")
final class ConfigCommand {
    private static final int FAILED = 1;

    private ConfigCommand() {}

    static CommandLine with(PrintStream out, PrintStream err) {
        return new CommandLine(new ConfigCommand())
                .addSubcommand("check", new Check(out, err))
                .addSubcommand("show", new Show(out, err));
    }

    /** What both subcommands take and begin with. */
    abstract static class Reading implements Callable<Integer> {
        @Option(names = "--config", paramLabel = "FILE", description = "Read this file and no other.")
        Optional<Path> config = Optional.empty();

        @Option(names = "--set", paramLabel = "KEY=VALUE", description = "As given to serve; may be said again.")
        List<String> set = new ArrayList<>();

        private final PrintStream err;

        Reading(PrintStream err) {
            this.err = err;
        }

        final int with(Function<Settings, Integer> action) {
            try {
                var home = Path.of(System.getProperty("wherry.home", ""));
                var settings =
                        Settings.read(new Sources(config, Sources.usual(Path.of(""), home), System.getenv(), set));
                settings.warnings().forEach(warning -> err.println("wherry: " + warning));
                return action.apply(settings);
            } catch (ConfigException mistaken) {
                err.println(mistaken.getMessage());
                return FAILED;
            }
        }
    }

    @Command(name = "check", description = "Name every mistake: key, place, what was expected, what was found.")
    static final class Check extends Reading {
        private final PrintStream out;

        Check(PrintStream out, PrintStream err) {
            super(err);
            this.out = out;
        }

        @Override
        public Integer call() {
            return with(settings -> {
                out.println(settings.file().map(file -> file + ": ").orElse("") + "no mistakes");
                return 0;
            });
        }
    }

    @Command(name = "show", description = "Print what is in force, and where each value comes from.")
    static final class Show extends Reading {
        private final PrintStream out;

        Show(PrintStream out, PrintStream err) {
            super(err);
            this.out = out;
        }

        @Override
        public Integer call() {
            return with(settings -> {
                table(settings.origins()).forEach(out::println);
                return 0;
            });
        }
    }

    /** Key, value, and where it was said, in columns. An empty value is shown as what one would write for it. */
    static List<String> table(List<Origin> origins) {
        int keys =
                origins.stream().mapToInt(origin -> origin.key().length()).max().orElse(0);
        int values = origins.stream()
                .mapToInt(origin -> value(origin).length())
                .max()
                .orElse(0);
        return origins.stream()
                .map(origin -> pad(origin.key(), keys) + "  " + pad(value(origin), values) + "  "
                        + Printable.of(origin.place().text()))
                .toList();
    }

    private static String value(Origin origin) {
        return origin.value().isEmpty() ? "\"\"" : Printable.of(origin.value());
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
