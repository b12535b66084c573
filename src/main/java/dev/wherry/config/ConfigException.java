package dev.wherry.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used: everything that is wrong with it, at once. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Mistake> mistakes;

    ConfigException(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::text).collect(Collectors.joining("\n")), null, false, false);
        this.mistakes = List.copyOf(mistakes);
    }

    /** At least one: those of the file first, in its order, then the rest. */
    public List<Mistake> mistakes() {
        return mistakes;
    }

    /** A line for each mistake. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
