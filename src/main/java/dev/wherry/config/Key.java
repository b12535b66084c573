package dev.wherry.config;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One setting, as the schema describes it.
 *
 * @param name such as {@code http.maxHeader}
 * @param kind the shared definition that it refers to ({@code duration}, {@code size}, …), else its type or
 *     {@code enum}
 * @param rule what the schema says of it, the shared definition included
 */
record Key(String name, String kind, JsonObject rule) {
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    /** Its name in the environment: {@code WHERRY_HTTP_MAX_HEADER}. */
    String variable() {
        var words = CAPITAL.matcher(name).replaceAll("_$0");
        return "WHERRY_" + words.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    Given byDefault() {
        return new Given(rule.getValue("default"), new Place.Default());
    }

    /** A value from plain text, which knows no types: what cannot be one stays text, and the schema refuses it. */
    Object fromText(String text) {
        return switch (kind) {
            case "boolean" -> truth(text);
            case "integer", "port" -> WHOLE.matcher(text).matches() ? (Object) Long.valueOf(text) : text;
            case "names", "networks" -> list(text.strip());
            default -> text;
        };
    }

    /** Words with commas between them; or as they stand in the file, for whoever copies them from there. */
    private static Object list(String text) {
        if (text.startsWith("[")) {
            try {
                return new JsonArray(text);
            } catch (DecodeException none) {
                return text;
            }
        }
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .collect(JsonArray::new, JsonArray::add, JsonArray::addAll);
    }

    private static Object truth(String text) {
        if (text.equals("true")) {
            return true;
        }
        return text.equals("false") ? (Object) false : text;
    }

    /** Whether a value that the schema takes also keeps to what a schema cannot say. */
    boolean fits(Object value) {
        return switch (kind) {
            case "duration" -> within(value, text -> Quantities.duration(text.toString()));
            case "size" -> within(value, Quantities::size);
            case "names" -> ((JsonArray) value).stream().allMatch(Key::isPlain);
            case "networks" -> ((JsonArray) value).stream().allMatch(network -> isNetwork(network.toString()));
            case "path", "optionalPath" -> isPlain(value) && isPath(value.toString());
            default -> isPlain(value);
        };
    }

    private <V extends Comparable<V>> boolean within(Object value, Function<Object, Optional<V>> read) {
        return read.apply(value)
                .filter(amount -> bound("x-minimum", read).stream().allMatch(least -> amount.compareTo(least) >= 0))
                .filter(amount -> bound("x-maximum", read).stream().allMatch(most -> amount.compareTo(most) <= 0))
                .isPresent();
    }

    private <V> Optional<V> bound(String which, Function<Object, Optional<V>> read) {
        return Optional.ofNullable(rule.getValue(which)).flatMap(read);
    }

    /** The end of a line is no part of a value, though {@code $} of a pattern would let it pass. */
    private static boolean isPlain(Object value) {
        return value.toString().chars().noneMatch(Character::isISOControl);
    }

    /** Half a character, say, has no bytes in a file system. */
    private static boolean isPath(String text) {
        try {
            var _ = Path.of(text);
            return true;
        } catch (InvalidPathException invalid) {
            return false;
        }
    }

    /** An address, or an address and how many of its bits count. */
    private static boolean isNetwork(String text) {
        int slash = text.indexOf('/');
        try {
            int bits = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                            .getAddress()
                            .length
                    * Byte.SIZE;
            return slash < 0 || Integer.parseInt(text.substring(slash + 1)) <= bits;
        } catch (IllegalArgumentException neither) {
            return false;
        }
    }

    /** What it takes, in words that follow "expected". */
    String expected() {
        return switch (kind) {
            case "boolean" -> "true or false";
            case "integer", "port" ->
                "a whole number from %s to %s".formatted(rule.getValue("minimum"), rule.getValue("maximum"));
            case "enum" -> rule.getJsonArray("enum").stream().map(Json::encode).collect(Collectors.joining(" or "));
            default -> rule.getString("x-expected") + limits();
        };
    }

    private String limits() {
        var least = rule.getString("x-minimum");
        var most = rule.getString("x-maximum");
        return (least == null ? "" : ", at least " + least) + (most == null ? "" : ", at most " + most);
    }
}
