package dev.wherry.config;

import io.vertx.core.json.JsonArray;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values in force, all of them checked, as the types of {@link Config}. */
record Values(Map<String, Given> inForce) {
    Given given(String key) {
        var given = inForce.get(key);
        if (given == null) {
            throw new IllegalStateException("the schema lacks " + key);
        }
        return given;
    }

    String text(String key) {
        return given(key).value().toString();
    }

    boolean flag(String key) {
        return (Boolean) given(key).value();
    }

    int whole(String key) {
        return ((Number) given(key).value()).intValue();
    }

    /** Permissions, which are written in octal digits. */
    int mode(String key) {
        return Integer.parseInt(text(key), 8);
    }

    long size(String key) {
        return Quantities.size(given(key).value()).orElseThrow();
    }

    int smallSize(String key) {
        return Math.toIntExact(size(key));
    }

    Duration duration(String key) {
        return Quantities.duration(text(key)).orElseThrow();
    }

    Path path(String key) {
        return Path.of(text(key));
    }

    Optional<Path> optionalPath(String key) {
        return optionalText(key).map(Path::of);
    }

    Optional<String> optionalText(String key) {
        return Optional.of(text(key)).filter(text -> !text.isEmpty());
    }

    List<String> words(String key) {
        return ((JsonArray) given(key).value()).stream().map(String::valueOf).toList();
    }
}
