package dev.wherry.protocol;

import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Sha256;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One line that the server sends. The facts of a reply hold only what a JSON object can: text, numbers ({@code Long},
 * {@code Integer}, {@code Double}), truth values, lists and maps of such, in the order in which they were put.
 */
public sealed interface Reply {
    /** The first line of a connection. */
    record Greeting(int version, Map<String, Object> facts) implements Reply {}

    /** Done; final. */
    record Ok(Map<String, Object> facts) implements Reply {}

    /** Not done; final. Its code, message and facts become one JSON object. */
    record Err(FaultException fault) implements Reply {}

    /** The server is ready for chunks from this offset on. */
    record Send(String upload, long offset) implements Reply {}

    /**
     * Chunks follow.
     *
     * @param size of the whole file, in bytes
     * @param offset of the first byte that follows
     * @param sha256 the recorded digest of the whole file, where there is one
     */
    record Data(long size, long offset, Instant modified, Etag etag, Optional<Sha256> sha256) implements Reply {}

    /** Progress of an upload as the server sees it, in bytes: what it has, and what would survive a power cut. */
    record Ack(long received, long durable) implements Reply {}

    /** One of many. */
    record Item(Map<String, Object> facts) implements Reply {}

    /** One of many, without end. */
    record Event(Map<String, Object> facts) implements Reply {}

    /** Whether this ends the answer to a request. */
    default boolean isFinal() {
        return this instanceof Ok || this instanceof Err;
    }
}
