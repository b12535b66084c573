package dev.wherry.config;

/**
 * One thing that is wrong with the configuration.
 *
 * @param key such as {@code http.port}; empty where it is about a whole file
 * @param expected and {@code found} each finish a sentence that begins with that word
 */
public record Mistake(String key, Place place, String expected, String found) {
    /** A line for a person: where, which key, what was expected, what was found. */
    public String text() {
        var about = key.isEmpty() ? "" : key + ": ";
        return "%s: %sexpected %s, found %s".formatted(place.text(), about, expected, found);
    }
}
