package dev.wherry.cli;

import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.util.List;
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
    /** Those of events.md; a newer server may tell others. */
    static final List<String> KNOWN = List.of(
            "server-started",
            "server-stopping",
            "server-stopped",
            "connection-opened",
            "connection-closed",
            "login-succeeded",
            "login-failed",
            "logged-out",
            "password-changed",
            "account-added",
            "account-removed",
            "rights-changed",
            "token-created",
            "token-revoked",
            "quota-set",
            "quota-removed",
            "verification-failed",
            "file-deleted",
            "folder-made",
            "folder-removed",
            "entry-moved",
            "transfer-started",
            "transfer-finished");

    /** What to say of names that this program has never heard of, if there are any: they may be slips. */
    Optional<String> doubt() {
        var unknown = names.stream().filter(name -> !KNOWN.contains(name)).toList();
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("unknown here, and waited for all the same: " + String.join(", ", unknown)
                        + "; there are " + String.join(", ", KNOWN));
    }

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
