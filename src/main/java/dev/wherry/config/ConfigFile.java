package dev.wherry.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads one file, and remembers where in it each value stands: JSON objects alone would forget. */
final class ConfigFile {
    private static final Pattern START_MARKER =
            Pattern.compile("\\(start marker at \\[Source: .*; line: (\\d+), column: (\\d+)\\]\\)");

    private final Path file;
    private final Schema schema;
    private final List<Mistake> mistakes;
    private final Map<String, Given> values = new LinkedHashMap<>();

    private ConfigFile(Path file, Schema schema, List<Mistake> mistakes) {
        this.file = file;
        this.schema = schema;
        this.mistakes = mistakes;
    }

    /** The values of known keys, unchecked; what is no JSON and what is no key is added to the mistakes. */
    static Map<String, Given> read(Path file, Schema schema, List<Mistake> mistakes) {
        var reader = new ConfigFile(file, schema, mistakes);
        try {
            reader.parse(Files.readAllBytes(file));
        } catch (NoSuchFileException missing) {
            reader.wrong("", Place.InFile.whole(file), "a configuration file", "nothing there");
        } catch (JsonProcessingException malformed) {
            reader.wrong("", reader.place(malformed.getLocation()), "JSON", "this: " + said(malformed));
        } catch (IOException unreadable) {
            reader.wrong("", Place.InFile.whole(file), "a file that this user can read", unreadable.toString());
        }
        return reader.values;
    }

    private void parse(byte[] bytes) throws IOException {
        try (var json = new JsonFactory().createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                wrong("", place(json.currentTokenLocation()), "an object, {…}", found(json));
                return;
            }
            object("", json);
            if (json.nextToken() != null) {
                wrong("", place(json.currentTokenLocation()), "the end of the file", found(json));
            }
        }
    }

    private void object(String prefix, JsonParser json) throws IOException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = prefix + json.currentName();
            var place = place(json.currentTokenLocation());
            json.nextToken();
            if (schema.isGroup(name)) {
                group(name, place, json);
            } else if (schema.key(name).isPresent() && (prefix.isEmpty() == (name.indexOf('.') < 0))) {
                value(name, place, json);
            } else {
                if (!name.equals("$schema")) {
                    unknown(name, place);
                }
                json.skipChildren();
            }
        }
    }

    private void group(String name, Place place, JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            object(name + ".", json);
        } else {
            wrong(name, place, "an object with its keys, {…}", found(json));
            json.skipChildren();
        }
    }

    private void unknown(String name, Place place) {
        if (schema.key(name).isPresent()) {
            int dot = name.indexOf('.');
            var nested = "\"%s\": {\"%s\": …}".formatted(name.substring(0, dot), name.substring(dot + 1));
            wrong(name, place, nested, "a dot in its name");
        } else {
            wrong(name, place, "a known key" + schema.nearest(name), "an unknown one");
        }
    }

    private void value(String name, Place place, JsonParser json) throws IOException {
        switch (json.currentToken()) {
            case START_OBJECT, VALUE_NULL -> {
                wrong(name, place, schema.key(name).map(Key::expected).orElse(""), found(json));
                json.skipChildren();
            }
            default -> {
                var earlier = values.put(name, new Given(scalarOrArray(json), place));
                if (earlier != null) {
                    wrong(
                            name,
                            place,
                            "each key once",
                            "it again, after " + earlier.place().text());
                }
            }
        }
    }

    private static Object scalarOrArray(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_ARRAY -> array(json);
            case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
            default -> json.getText();
        };
    }

    /** An array of texts; whatever else stands in it is kept in a form that the schema refuses. */
    private static JsonArray array(JsonParser json) throws IOException {
        var array = new JsonArray();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            switch (json.currentToken()) {
                case START_OBJECT, START_ARRAY, VALUE_NULL -> {
                    array.addNull();
                    json.skipChildren();
                }
                default -> array.add(scalarOrArray(json));
            }
        }
        return array;
    }

    private static String found(JsonParser json) throws IOException {
        var token = json.currentToken();
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            default -> json.getText();
        };
    }

    /** The parser's own words, without what it would say of a source that it does not show. */
    private static String said(JsonProcessingException malformed) {
        return START_MARKER.matcher(malformed.getOriginalMessage()).replaceAll("that began in line $1, column $2");
    }

    private Place place(JsonLocation location) {
        return new Place.InFile(file, location.getLineNr(), location.getColumnNr());
    }

    private void wrong(String key, Place place, String expected, String found) {
        mistakes.add(new Mistake(key, place, expected, found));
    }
}
