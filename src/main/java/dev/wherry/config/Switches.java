package dev.wherry.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of the command line: {@code --set KEY=VALUE}. */
final class Switches {
    private static final Place PLACE = new Place.CommandLine();

    private Switches() {}

    /** The values of known keys, unchecked; what is no assignment and what is no key is added to the mistakes. */
    static Map<String, Given> read(List<String> set, Schema schema, List<Mistake> mistakes) {
        var values = new LinkedHashMap<String, Given>();
        for (var assignment : set) {
            int equals = assignment.indexOf('=');
            var name = equals < 0 ? assignment : assignment.substring(0, equals);
            var key = schema.key(name);
            if (key.isEmpty()) {
                mistakes.add(new Mistake(name, PLACE, "a known key" + schema.nearest(name), "an unknown one"));
            } else if (equals < 0) {
                mistakes.add(new Mistake(name, PLACE, name + "=VALUE", "no \"=\""));
            } else {
                values.put(name, new Given(key.get().fromText(assignment.substring(equals + 1)), PLACE));
            }
        }
        return values;
    }
}
