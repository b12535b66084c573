package dev.wherry.metrics;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What somebody may see of what is published for everyone: who administers the whole tree all of it, everyone else what
 * is about their own account.
 *
 * @param account whose events these are; empty for everybody's
 */
public record Audience(Optional<String> account) {
    /** The event, if it may be seen. */
    public Optional<JsonObject> event(JsonObject event) {
        return Optional.of(event).filter(this::isSeen);
    }

    /** The snapshot, with those of the running transfers that may be seen. */
    public JsonObject snapshot(JsonObject snapshot) {
        if (account.isEmpty()) {
            return snapshot;
        }
        var seen = new JsonArray();
        snapshot.getJsonArray("transfers", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .filter(this::isSeen)
                .forEach(seen::add);
        return snapshot.copy().put("transfers", seen);
    }

    private boolean isSeen(JsonObject fact) {
        return account.isEmpty() || account.get().equals(fact.getString("account"));
    }
}
