package dev.wherry.storage;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * From where something is asked, for those who read what happened.
 *
 * @param address of the peer, without its port
 * @param door by the name that events call it
 */
public record Whence(String address, String door) {
    /** Adds what is known of it to the facts of an event. */
    static JsonObject into(JsonObject facts, Optional<Whence> from) {
        from.ifPresent(whence -> facts.put("address", whence.address()).put("door", whence.door()));
        return facts;
    }
}
