package dev.wherry.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where settings may come from. What comes later wins: default, file, environment, command line.
 *
 * @param file the file that was named; it must be there
 * @param usual the places to look for one otherwise; the first that is there is read
 * @param environment variables of the process; only those that begin with {@code WHERRY_} are looked at
 * @param set what {@code --set} was given, each {@code KEY=VALUE}; the last of a key wins
 */
public record Sources(Optional<Path> file, List<Path> usual, Map<String, String> environment, List<String> set) {
    private static final Path SYSTEM = Path.of("/etc/wherry/wherry.json");

    public Sources {
        usual = List.copyOf(usual);
        environment = Map.copyOf(environment);
        set = List.copyOf(set);
    }

    /** Nothing but the defaults and these, each {@code KEY=VALUE}. */
    public static Sources of(String... set) {
        return new Sources(Optional.empty(), List.of(), Map.of(), List.of(set));
    }

    /** The machine's own file, then {@code config/wherry.json} in each of these folders. */
    public static List<Path> usual(Path... folders) {
        var own = Arrays.stream(folders).map(folder -> folder.resolve("config").resolve("wherry.json"));
        return Stream.concat(Stream.of(SYSTEM), own).toList();
    }
}
