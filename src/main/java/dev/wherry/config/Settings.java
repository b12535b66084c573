package dev.wherry.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration as it was read.
 *
 * @param file the file it came from, if there was one
 * @param warnings sentences about what was ignored
 * @param origins every setting with its value and where that came from, in the order of the schema
 */
public record Settings(Config config, Optional<Path> file, List<String> warnings, List<Origin> origins) {
    /** The key of a mistake about a file that could not be read to its end: what it would have said is not known. */
    private static final String WHOLE_FILE = "";

    /**
     * Reads the file, if there is one, and puts what environment and command line say above it.
     *
     * @throws ConfigException with every mistake, also those in values that something else overrides
     */
    public static Settings read(Sources sources) {
        var schema = Schema.load();
        var mistakes = new ArrayList<Mistake>();
        var warnings = new ArrayList<String>();
        var file = sources.file().or(() -> firstThere(sources.usual()));

        var inForce = defaults(schema);
        var mistaken = new LinkedHashSet<String>();
        file.ifPresent(path -> put(ConfigFile.read(path, schema, mistakes), schema, inForce, mistakes));
        mistakes.sort(Comparator.comparing(Mistake::place, Settings::inTheOrderOfTheFile));
        put(Variables.read(sources.environment(), schema, warnings), schema, inForce, mistakes);
        put(Switches.read(sources.set(), schema, mistakes), schema, inForce, mistakes);
        mistakes.forEach(mistake -> mistaken.add(mistake.key()));

        var values = new Values(inForce);
        if (!mistaken.contains(WHOLE_FILE)) {
            mistakes.addAll(CrossChecks.of(values, Set.copyOf(mistaken)));
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigException(mistakes);
        }
        var config = Assembly.config(values);
        warnings.addAll(CrossChecks.warnings(config));
        return new Settings(config, file, List.copyOf(warnings), origins(inForce));
    }

    /** The first that is there, or may be: one in a folder that cannot be looked into must not be passed over. */
    private static Optional<Path> firstThere(List<Path> usual) {
        return usual.stream().filter(path -> !Files.notExists(path)).findFirst();
    }

    private static int inTheOrderOfTheFile(Place one, Place other) {
        return one instanceof Place.InFile a && other instanceof Place.InFile b
                ? Comparator.comparingInt(Place.InFile::line)
                        .thenComparingInt(Place.InFile::column)
                        .compare(a, b)
                : 0;
    }

    private static Map<String, Given> defaults(Schema schema) {
        var values = new LinkedHashMap<String, Given>();
        schema.keys().forEach(key -> values.put(key.name(), key.byDefault()));
        return values;
    }

    private static void put(
            Map<String, Given> values, Schema schema, Map<String, Given> inForce, List<Mistake> mistakes) {
        var refused = schema.refused(values);
        values.forEach((name, given) -> {
            if (refused.contains(name)) {
                var expected = schema.key(name).map(Key::expected).orElseThrow();
                mistakes.add(new Mistake(name, given.place(), expected, given.found()));
            } else {
                inForce.put(name, given);
            }
        });
    }

    private static List<Origin> origins(Map<String, Given> inForce) {
        return inForce.entrySet().stream()
                .map(entry -> new Origin(
                        entry.getKey(),
                        entry.getValue().text(),
                        entry.getValue().place()))
                .toList();
    }
}
