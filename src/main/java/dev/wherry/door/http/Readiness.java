package dev.wherry.door.http;

import java.util.List;

/** Asked each time somebody wants to know whether the server should be sent work. */
@FunctionalInterface
public interface Readiness {
    /** What keeps the server from working, in words for an operator; none when it is ready. Must not block. */
    List<String> problems();
}
