package dev.wherry.metrics;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** How many connections each door holds. Belongs to one thread. */
final class Connections {
    private final Map<String, Integer> open = new TreeMap<>(Map.of("console", 0, "web", 0));

    void heard(ConnectionEvent event) {
        open.merge(Labels.door(event.door()), event.opened() ? 1 : -1, (now, step) -> Math.max(0, now + step));
    }

    JsonObject json() {
        var json = new JsonObject();
        open.forEach(json::put);
        return json;
    }
}
