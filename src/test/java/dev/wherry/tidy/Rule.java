package dev.wherry.tidy;

import java.util.stream.Stream;

/** Something that no Java source of the project may do. */
@FunctionalInterface
public interface Rule {
    /** Where a source breaks it: file, line, and what to do instead. */
    Stream<String> violations(Source source);
}
