package dev.wherry.metrics;

import dev.wherry.bus.Event;
import io.vertx.core.json.JsonObject;

/**
 * How much room the served disk has, told now and then; only snapshots show it.
 *
 * @param free bytes that may still be stored, {@code size} those of the whole disk
 */
public record DiskSpace(long free, long size) implements Event {
    @Override
    public String event() {
        return "disk-space";
    }

    @Override
    public JsonObject facts() {
        return new JsonObject().put("free", free).put("size", size);
    }
}
