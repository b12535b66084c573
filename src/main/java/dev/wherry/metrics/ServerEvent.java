package dev.wherry.metrics;

import dev.wherry.bus.Event;
import io.vertx.core.json.JsonObject;

/** The beginning and the end of everything, told by the server. */
public sealed interface ServerEvent extends Event {

    /** Every door is open. */
    record Started(String version) implements ServerEvent {
        @Override
        public String event() {
            return "server-started";
        }

        @Override
        public JsonObject facts() {
            return new JsonObject().put("version", version);
        }
    }

    /** @param reason such as {@code SIGTERM} */
    record Stopping(String reason) implements ServerEvent {
        @Override
        public String event() {
            return "server-stopping";
        }

        @Override
        public JsonObject facts() {
            return new JsonObject().put("reason", reason);
        }
    }

    /** Every door is closed and nothing runs any more. */
    record Stopped() implements ServerEvent {
        @Override
        public String event() {
            return "server-stopped";
        }

        @Override
        public JsonObject facts() {
            return new JsonObject();
        }
    }
}
