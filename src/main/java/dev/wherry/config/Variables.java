package dev.wherry.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The settings of the environment. */
final class Variables {
    private static final String OURS = "WHERRY_";
    /** The client's, the launcher's, and the first start's: they are no settings. */
    static final Set<String> RESERVED = Set.of(
            "WHERRY_SERVER",
            "WHERRY_USER",
            "WHERRY_PASSWORD_FILE",
            "WHERRY_TOKEN_FILE",
            "WHERRY_FINGERPRINT",
            "WHERRY_CONFIG_DIR",
            "WHERRY_ADMIN_PASSWORD_FILE",
            "WHERRY_JAVA_HOME",
            "WHERRY_JAVA_OPTS",
            "WHERRY_STARTED_AS");

    private Variables() {}

    /**
     * The values of known keys, unchecked. A variable that is none of ours is warned about, without its value, which
     * may be a secret. It is no mistake, since others share the environment.
     */
    static Map<String, Given> read(Map<String, String> environment, Schema schema, List<String> warnings) {
        var values = new LinkedHashMap<String, Given>();
        new TreeMap<>(environment).forEach((name, text) -> {
            if (!name.startsWith(OURS) || RESERVED.contains(name)) {
                return;
            }
            schema.keyOf(name)
                    .ifPresentOrElse(
                            key -> values.put(key.name(), new Given(key.fromText(text), new Place.Environment(name))),
                            () -> warnings.add(unknown(name, schema)));
        });
        return values;
    }

    private static String unknown(String name, Schema schema) {
        var known = new TreeSet<>(schema.variables());
        known.addAll(RESERVED);
        var meant = Nearest.word(name, known)
                .map(near -> "; the nearest is " + near
                        + schema.keyOf(near).map(key -> " (" + key.name() + ")").orElse(""))
                .orElse("");
        return name + " is no setting and is ignored" + meant;
    }
}
