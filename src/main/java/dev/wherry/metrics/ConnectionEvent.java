package dev.wherry.metrics;

import dev.wherry.bus.Event;
import io.vertx.core.json.JsonObject;

/** A door gained or lost a connection. */
public record ConnectionEvent(boolean opened, String door, String address) implements Event {
    @Override
    public String event() {
        return opened ? "connection-opened" : "connection-closed";
    }

    @Override
    public JsonObject facts() {
        return new JsonObject().put("door", door).put("address", address);
    }
}
