package dev.wherry.door.http;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** What a JSON body asks for; whatever is not of its type is {@code malformed}, with its name. */
record Asked(JsonObject body) {
    Optional<String> text(String name) {
        return Optional.ofNullable(body.getValue(name)).map(value -> {
            if (value instanceof String text) {
                return text;
            }
            throw wrong(name, "text");
        });
    }

    String demandText(String name) {
        return text(name).orElseThrow(() -> wrong(name, "text"));
    }

    boolean truth(String name) {
        return Optional.ofNullable(body.getValue(name))
                .map(value -> {
                    if (value instanceof Boolean truth) {
                        return truth;
                    }
                    throw wrong(name, "true or false");
                })
                .orElse(false);
    }

    long demandBytes(String name) {
        var value = body.getValue(name);
        if ((value instanceof Long || value instanceof Integer) && ((Number) value).longValue() >= 0) {
            return ((Number) value).longValue();
        }
        throw wrong(name, "a number of bytes");
    }

    /** Texts in a list; none where it is left out. */
    List<String> texts(String name) {
        var value = body.getValue(name, new JsonArray());
        if (value instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)) {
            return array.stream().map(String.class::cast).toList();
        }
        throw wrong(name, "a list of texts");
    }

    Optional<Instant> time(String name) {
        return text(name).map(text -> time(name, text));
    }

    static Instant time(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException none) {
            throw wrong(name, "a time such as 2026-11-22T10:15:30Z");
        }
    }

    private static FaultException wrong(String name, String wanted) {
        return Fault.MALFORMED.because("\"" + name + "\" is " + wanted).with("name", name);
    }
}
