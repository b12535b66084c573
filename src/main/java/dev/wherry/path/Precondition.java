package dev.wherry.path;

/** What somebody who writes to a name expects to find there; it is checked when the write is published. */
public sealed interface Precondition {
    /** Nothing may be there: the default, so that nothing is lost unasked. */
    record Absent() implements Precondition {}

    /** Whatever is there may be replaced. */
    record Any() implements Precondition {}

    /** Just this version may be replaced: the one that the user was shown. */
    record Version(Etag etag) implements Precondition {}

    /** The word for it on the wire: {@code absent}, {@code any}, or an etag. */
    static Precondition parse(String word) {
        return switch (word) {
            case "absent" -> new Absent();
            case "any" -> new Any();
            default -> new Version(new Etag(word));
        };
    }

    default String word() {
        return switch (this) {
            case Absent() -> "absent";
            case Any() -> "any";
            case Version(Etag etag) -> etag.value();
        };
    }
}
