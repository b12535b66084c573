package dev.wherry.door.http;

import dev.wherry.path.Kind;
import dev.wherry.storage.backend.Entry;
import io.vertx.core.json.JsonObject;

/** What is told about an entry, as the console door tells it. */
final class EntryJson {
    private EntryJson() {}

    static JsonObject of(Entry entry) {
        var facts = new JsonObject()
                .put("name", entry.name())
                .put("kind", entry.kind().word());
        if (entry.kind() == Kind.FILE) {
            facts.put("size", entry.size());
        }
        facts.put("modified", entry.modified().toString());
        entry.etag().ifPresent(etag -> facts.put("etag", etag.value()));
        entry.sha256().ifPresent(sha256 -> facts.put("sha256", sha256.hex()));
        entry.refused().ifPresent(reason -> facts.put("refused", reason));
        return facts;
    }
}
