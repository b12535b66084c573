package dev.wherry.transfer;

import dev.wherry.bus.Event;
import dev.wherry.path.Sha256;
import io.vertx.core.json.JsonObject;

/**
 * A file that nobody changed is not what was stored: the disk, or what is between, has lost bits.
 *
 * @param order who had it read again
 * @param size in bytes
 */
public record VerificationFailed(VerifyOrder order, long size, Sha256 recorded, Sha256 computed) implements Event {
    @Override
    public String event() {
        return "verification-failed";
    }

    @Override
    public JsonObject facts() {
        return new JsonObject()
                .put("account", order.who().account())
                .put("address", order.address())
                .put("door", order.door())
                .put("path", order.path().toString())
                .put("size", size)
                .put("recorded", recorded.hex())
                .put("computed", computed.hex());
    }
}
