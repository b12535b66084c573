package dev.wherry;

import dev.wherry.config.ConfigException;
import dev.wherry.config.Settings;
import dev.wherry.config.Sources;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wherry config}: what the server would run with, and everything that is wrong with it, at once. */
@Command(name = "config", description = "Look at the server's configuration.")
final class ConfigCommand {
    private static final int FAILED = 1;

    private final PrintStream out;
    private final PrintStream err;

    ConfigCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Command(name = "check", description = "Name every mistake: key, place, what was expected, what was found.")
    int check(
            @Option(names = "--config", paramLabel = "FILE", description = "Read this file and no other.")
                    Optional<Path> config,
            @Option(names = "--set", paramLabel = "KEY=VALUE", description = "As given to serve.") List<String> set) {
        return with(config, set, settings -> {
            out.println(settings.file().map(file -> file + ": ").orElse("") + "no mistakes");
            return 0;
        });
    }

    @Command(name = "show", description = "Print what is in force, and where each value comes from.")
    int show(
            @Option(names = "--config", paramLabel = "FILE", description = "Read this file and no other.")
                    Optional<Path> config,
            @Option(names = "--set", paramLabel = "KEY=VALUE", description = "As given to serve.") List<String> set) {
        return with(config, set, settings -> {
            settings.origins().forEach(origin -> out.println(origin));
            return 0;
        });
    }

    private int with(Optional<Path> config, List<String> set, Function<Settings, Integer> action) {
        try {
            var home = Path.of(System.getProperty("wherry.home", ""));
            var sources = new Sources(
                    config,
                    Sources.usual(Path.of(""), home),
                    System.getenv(),
                    set == null ? List.of() : new ArrayList<>(set));
            var settings = Settings.read(sources);
            settings.warnings().forEach(warning -> err.println("wherry: " + warning));
            return action.apply(settings);
        } catch (ConfigException mistaken) {
            err.println(mistaken.getMessage());
            return FAILED;
        }
    }
}
