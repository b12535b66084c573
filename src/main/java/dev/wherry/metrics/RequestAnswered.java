package dev.wherry.metrics;

import dev.wherry.bus.Event;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * A door answered a request.
 *
 * @param verb in lower case, from the door's closed set
 * @param outcome {@code done}, or the code of the fault
 * @param took from the moment at which the request was read whole to that at which its final reply was written; of what
 *     is told without end, such as {@code TAIL}, to that at which it began
 */
public record RequestAnswered(String door, String verb, String account, String address, String outcome, Duration took)
        implements Event {
    @Override
    public String event() {
        return "request-answered";
    }

    @Override
    public JsonObject facts() {
        return new JsonObject()
                .put("door", door)
                .put("verb", verb)
                .put("account", account)
                .put("address", address)
                .put("outcome", outcome)
                .put("seconds", took.toNanos() / 1e9);
    }
}
