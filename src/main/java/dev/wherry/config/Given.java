package dev.wherry.config;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import java.util.stream.Collectors;

/** A value as it was said: a text, number, truth value or array of JSON, and where. */
record Given(Object value, Place place) {
    private static final int SHOWN = 80;

    /** The value as JSON, short enough for a line. */
    String found() {
        var json = Json.encode(value);
        return json.length() <= SHOWN ? json : json.substring(0, SHOWN) + "…";
    }

    /** The value as {@code --set} takes it. */
    String text() {
        return value instanceof JsonArray words
                ? words.stream().map(String::valueOf).collect(Collectors.joining(","))
                : value.toString();
    }
}
