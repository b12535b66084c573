package dev.wherry.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON object on one line, as a map in its own order. What is {@code null} in it is left out, as if absent. */
final class Json {
    private static final int MAX_DEPTH = 32;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private Json() {}

    /**
     * Reads whole numbers as {@link Long} where they fit, all others as {@link Double}.
     *
     * @throws FaultException {@link Fault#MALFORMED}
     */
    static Map<String, Object> read(String text) {
        try (var parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw unreadable(null);
            }
            var object = object(parser);
            if (parser.nextToken() != null) {
                throw unreadable(null);
            }
            return object;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** @throws IllegalArgumentException when a value is of a type that JSON does not have */
    static String write(Map<String, Object> object) {
        var text = new StringWriter();
        try (var generator = FACTORY.createGenerator(text)) {
            write(generator, object);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }

    /** The same map, its keys known to be text. */
    static Map<String, Object> checked(Map<?, ?> map) {
        var checked = new LinkedHashMap<String, Object>();
        map.forEach((name, value) -> checked.put(String.valueOf(name), value));
        return checked;
    }

    private static FaultException unreadable(@Nullable IOException cause) {
        var message = "a reply is not a word and one JSON object";
        return cause == null ? Fault.MALFORMED.because(message) : Fault.MALFORMED.because(message, cause);
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        var object = new LinkedHashMap<String, Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            var value = value(parser);
            if (value != null) {
                object.put(name, value);
            }
        }
        return object;
    }

    private static List<Object> list(JsonParser parser) throws IOException {
        var list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            var value = value(parser);
            if (value != null) {
                list.add(value);
            }
        }
        return list;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? decimal(parser)
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw unreadable(null);
        };
    }

    private static Double decimal(JsonParser parser) throws IOException {
        double number = parser.getDoubleValue();
        if (!Double.isFinite(number)) {
            throw unreadable(null);
        }
        return number;
    }

    private static void write(JsonGenerator generator, Map<?, ?> object) throws IOException {
        generator.writeStartObject();
        for (var fact : object.entrySet()) {
            if (isWritable(fact.getValue())) {
                generator.writeFieldName(String.valueOf(fact.getKey()));
                write(generator, fact.getValue());
            }
        }
        generator.writeEndObject();
    }

    private static boolean isWritable(@Nullable Object value) {
        return value != null && !(value instanceof Double number && !Double.isFinite(number));
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        switch (value) {
            case String text -> generator.writeString(text);
            case Long number -> generator.writeNumber(number);
            case Integer number -> generator.writeNumber(number);
            case Double number -> generator.writeNumber(number);
            case Boolean flag -> generator.writeBoolean(flag);
            case Map<?, ?> map -> write(generator, map);
            case List<?> list -> {
                generator.writeStartArray();
                for (var element : list) {
                    if (isWritable(element)) {
                        write(generator, element);
                    }
                }
                generator.writeEndArray();
            }
            case null, default -> throw new IllegalArgumentException("JSON cannot hold " + value);
        }
    }
}
