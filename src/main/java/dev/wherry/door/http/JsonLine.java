package dev.wherry.door.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** JSON as this door writes it: on a line of its own, so that a terminal's prompt does not stick to it. */
final class JsonLine {
    static final String TYPE = "application/json";

    private JsonLine() {}

    static Buffer of(JsonObject facts) {
        return facts.toBuffer().appendString("\n");
    }
}
