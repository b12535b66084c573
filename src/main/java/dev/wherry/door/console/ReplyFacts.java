package dev.wherry.door.console;

import dev.wherry.path.Kind;
import dev.wherry.storage.backend.Entry;
import dev.wherry.transfer.Listing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the engine knows, as the facts of a reply. */
final class ReplyFacts {
    private ReplyFacts() {}

    static Map<String, Object> none() {
        return Map.of();
    }

    /** The same for an entry of a list, under its path below the folder that is listed. */
    static Map<String, Object> of(Listing.Found found, boolean digest) {
        var facts = of(found.entry(), digest);
        facts.put("name", found.path());
        found.unread().ifPresent(why -> facts.put("unread", why.fault().code()));
        return facts;
    }

    /** @param digest whether the recorded digest is wanted */
    static Map<String, Object> of(Entry entry, boolean digest) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("name", entry.name());
        facts.put("kind", entry.kind().word());
        if (entry.kind() == Kind.FILE) {
            facts.put("size", entry.size());
        }
        facts.put("modified", entry.modified().toString());
        entry.etag().ifPresent(etag -> facts.put("etag", etag.value()));
        if (digest) {
            entry.sha256().ifPresent(sha256 -> facts.put("sha256", sha256.hex()));
        }
        entry.refused().ifPresent(reason -> facts.put("refused", reason));
        return facts;
    }

    /** What is published as JSON: the wire knows maps and lists only. */
    static Map<String, Object> of(JsonObject json) {
        var facts = new LinkedHashMap<String, Object>();
        json.forEach(fact -> facts.put(fact.getKey(), plain(fact.getValue())));
        return facts;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case JsonObject object -> of(object);
            case JsonArray array -> array.stream().map(ReplyFacts::plain).toList();
            default -> value;
        };
    }

    /** The rate that a transfer came to: both are left to the reader to round. */
    static void rate(Map<String, Object> facts, long bytes, Duration took) {
        double seconds = took.toNanos() / 1e9;
        facts.put("seconds", seconds);
        facts.put("bytesPerSecond", seconds > 0 ? bytes / seconds : 0.0);
    }
}
