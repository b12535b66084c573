package dev.wherry.cli;

import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which events somebody wants to see. A snapshot is no event, and not held back.
 *
 * @param user whose they are, or who did it to another's account
 * @param path of what they are about, or of a folder above it
 * @param names of events; all when there are none
 */
record TailFilter(Optional<String> user, Optional<VirtualPath> path, Set<String> names) {
    boolean wants(Map<String, Object> facts) {
        if (!(facts.get("event") instanceof String event)) {
            return true;
        }
        return (names.isEmpty() || names.contains(event))
                && user.map(name -> is(facts, "account", name) || is(facts, "by", name))
                        .orElse(true)
                && path.map(above -> isWithin(facts, "path", above) || isWithin(facts, "to", above))
                        .orElse(true);
    }

    private static boolean is(Map<String, Object> facts, String fact, String value) {
        return value.equals(facts.get(fact));
    }

    private static boolean isWithin(Map<String, Object> facts, String fact, VirtualPath above) {
        try {
            return facts.get(fact) instanceof String path
                    && VirtualPath.parse(path).isWithin(above);
        } catch (FaultException unreadable) {
            return false;
        }
    }
}
