package dev.wherry.storage;

import dev.wherry.bus.Event;
import dev.wherry.path.VirtualPath;
import io.vertx.core.json.JsonObject;

/** What administrators do with quotas. */
public sealed interface QuotaEvent extends Event {
    /** @param by the account that set it */
    record QuotaSet(VirtualPath path, long bytes, String by) implements QuotaEvent {
        @Override
        public String event() {
            return "quota-set";
        }

        @Override
        public JsonObject facts() {
            return new JsonObject()
                    .put("path", path.toString())
                    .put("bytes", bytes)
                    .put("by", by);
        }
    }

    /** @param by the account that removed it */
    record QuotaRemoved(VirtualPath path, String by) implements QuotaEvent {
        @Override
        public String event() {
            return "quota-removed";
        }

        @Override
        public JsonObject facts() {
            return new JsonObject().put("path", path.toString()).put("by", by);
        }
    }
}
