package dev.wherry.storage.backend;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;

/**
 * Which missing folders above a target are made. Whether one is missing is known for certain only where it is made, and
 * who may make it only to storage: so storage says beforehand how far up it may be done, and the backend refuses the
 * rest in the same step in which it finds it missing.
 */
public sealed interface Parents {
    Parents NONE = new None();

    /** None: a missing folder is {@code no-folder}. */
    record None() implements Parents {}

    /**
     * This folder and those below it; one further up that is missing is {@code denied}.
     *
     * @param highest the highest folder that may be made; the target itself, where none above it may be
     */
    record From(VirtualPath highest) implements Parents {}

    /** All that are missing. */
    static Parents all() {
        return new From(VirtualPath.ROOT);
    }

    /** Refuses a missing folder that may not be made, with its name and the right that it would take. */
    static FaultException denied(VirtualPath missing) {
        return Fault.DENIED
                .because("there is no folder " + missing + ", and you may not make it; an administrator can make it,"
                        + " or grant you to write there")
                .with("right", "write")
                .with("path", missing.toString());
    }
}
