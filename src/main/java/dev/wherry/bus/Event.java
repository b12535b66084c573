package dev.wherry.bus;

import io.vertx.core.json.JsonObject;

/**
 * Something that happened and that others may want to know. Whoever it happens to tells it on {@link #HAPPENED}; the
 * metrics turn it into the documented JSON that every listener outside reads.
 */
public interface Event {
    Topic<Event> HAPPENED = new Topic<>("wherry.happened");

    /** Its name in the published JSON, such as {@code transfer-finished}. */
    String event();

    /** Its facts as published, without the name and the time; never a secret. */
    JsonObject facts();
}
