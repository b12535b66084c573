package dev.wherry.client;

import dev.wherry.path.Etag;
import dev.wherry.path.Kind;
import dev.wherry.path.Sha256;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An entry of the server's tree, as it told of it.
 *
 * @param name of a listed entry its name, or in a recursive listing its path below the folder that was asked for; of a
 *     single one its path
 * @param size in bytes; 0 for what is not a file
 * @param refused why the server will not open it, for such an entry
 * @param unread whether it is a folder of a recursive listing that the server could not look into
 */
public record RemoteEntry(
        String name,
        Kind kind,
        long size,
        Optional<Instant> modified,
        Optional<Etag> etag,
        Optional<Sha256> sha256,
        Optional<String> refused,
        boolean unread) {

    /** Reads what a reply holds. Whatever a newer server leaves out or adds is no mistake. */
    public static RemoteEntry of(Map<String, Object> facts) {
        var entry = facts.get("entry") instanceof Map<?, ?> nested ? nested : facts;
        return new RemoteEntry(
                text(entry, "path").or(() -> text(entry, "name")).orElse(""),
                kind(text(entry, "kind").orElse("file")),
                entry.get("size") instanceof Number size ? size.longValue() : 0,
                text(entry, "modified").flatMap(RemoteEntry::instant),
                text(entry, "etag").map(Etag::new),
                text(entry, "sha256").map(Sha256::new),
                text(entry, "refused").or(() -> text(entry, "reason")),
                text(entry, "unread").isPresent());
    }

    /** The same without its name, where that is known anyway. */
    public RemoteEntry nameless() {
        return new RemoteEntry("", kind, size, modified, etag, sha256, refused, unread);
    }

    public boolean isFolder() {
        return kind == Kind.FOLDER;
    }

    private static Optional<String> text(Map<?, ?> facts, String name) {
        return facts.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static Kind kind(String word) {
        for (var kind : Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        return Kind.REFUSED;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
