package dev.wherry.protocol;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a reply, read by type. Every reader without {@code optional} fails when the fact is absent, and every
 * reader fails when it is of another type: with {@link Fault#MALFORMED}, which names the fact.
 */
public record Facts(Map<String, Object> all) {
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> absent(name));
    }

    public Optional<String> optionalText(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            default -> throw wrong(name, "text");
        };
    }

    /** A whole number. */
    public long number(String name) {
        return optionalNumber(name).orElseThrow(() -> absent(name));
    }

    public OptionalLong optionalNumber(String name) {
        return switch (value(name)) {
            case null -> OptionalLong.empty();
            case Long number -> OptionalLong.of(number);
            case Integer number -> OptionalLong.of(number);
            default -> throw wrong(name, "a whole number");
        };
    }

    /** A number, whole or not. */
    public double decimal(String name) {
        return optionalDecimal(name).orElseThrow(() -> absent(name));
    }

    public OptionalDouble optionalDecimal(String name) {
        return switch (value(name)) {
            case null -> OptionalDouble.empty();
            case Number number -> OptionalDouble.of(number.doubleValue());
            default -> throw wrong(name, "a number");
        };
    }

    /** True or false. */
    public boolean flag(String name) {
        return optionalFlag(name).orElseThrow(() -> absent(name));
    }

    public Optional<Boolean> optionalFlag(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case Boolean flag -> Optional.of(flag);
            default -> throw wrong(name, "true or false");
        };
    }

    /** A list of texts; empty when it is absent. */
    public List<String> texts(String name) {
        return switch (value(name)) {
            case null -> List.of();
            case List<?> list
            when list.stream().allMatch(String.class::isInstance) ->
                list.stream().map(String.class::cast).toList();
            default -> throw wrong(name, "a list of texts");
        };
    }

    /** An object inside this one; empty when it is absent. */
    public Facts inner(String name) {
        return switch (value(name)) {
            case null -> new Facts(Map.of());
            case Map<?, ?> map -> new Facts(Json.checked(map));
            default -> throw wrong(name, "an object");
        };
    }

    private @Nullable Object value(String name) {
        return all.get(name);
    }

    private static FaultException absent(String name) {
        return Fault.MALFORMED.because("a reply lacks the fact \"" + name + "\"; the two sides are of unlike versions");
    }

    private static FaultException wrong(String name, String expected) {
        return Fault.MALFORMED.because(
                "the fact \"" + name + "\" of a reply is not " + expected + "; the two sides are of unlike versions");
    }
}
