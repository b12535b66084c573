package dev.wherry.config;

import java.nio.file.Path;

/** Where a value was said. */
public sealed interface Place {
    /** Nowhere: it is the default. */
    record Default() implements Place {}

    /** In a file; lines and columns count from 1, and 0 stands for the file as a whole. */
    record InFile(Path file, int line, int column) implements Place {
        static InFile whole(Path file) {
            return new InFile(file, 0, 0);
        }
    }

    record Environment(String variable) implements Place {}

    /** On the command line, by {@code --set} or a switch that stands for it. */
    record CommandLine() implements Place {}

    /** The words for it, such as {@code config/wherry.json, line 12, column 5}. */
    default String text() {
        return switch (this) {
            case Default() -> "default";
            case InFile(Path file, int line, int column) ->
                line == 0 ? file.toString() : "%s, line %d, column %d".formatted(file, line, column);
            case Environment(String variable) -> variable;
            case CommandLine() -> "--set";
        };
    }
}
