package dev.wherry.metrics;

import dev.wherry.auth.Principal;
import dev.wherry.auth.Right;
import dev.wherry.fault.Fault;
import dev.wherry.path.VirtualPath;
import dev.wherry.transfer.TransferFacts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What somebody may see of what is published for everyone: who administers the whole tree all of it, everyone else what
 * is about their own account; by a token with fewer rights, of these what lies where it may do something.
 *
 * @param account whose events these are; empty for everybody's
 * @param reach which paths; empty for all of them
 */
public record Audience(Optional<String> account, Optional<Predicate<VirtualPath>> reach) {
    /** Sees everything. */
    public static final Audience EVERYBODY = new Audience(Optional.empty(), Optional.empty());

    /** Whoever came in like this: who administers the whole tree, all of it. */
    public static Audience of(Principal who) {
        boolean isOperator = who.may(Right.ADMINISTER, VirtualPath.ROOT);
        return new Audience(isOperator ? Optional.empty() : Optional.of(who.account()), who.reach());
    }

    /**
     * Whose they are to be, when somebody's are wanted. Throws {@code denied} for another's than one's own.
     *
     * @return empty for everybody's
     */
    public Optional<String> narrowed(Optional<String> wanted) {
        if (account.isPresent() && wanted.isPresent() && !wanted.equals(account)) {
            throw Fault.DENIED.because("only administrators see the transfers of others");
        }
        return wanted.or(() -> account);
    }

    /** The event, if it may be seen. */
    public Optional<JsonObject> event(JsonObject event) {
        return Optional.of(event).filter(this::isSeen);
    }

    /** The snapshot, with those of the running transfers that may be seen. */
    public JsonObject snapshot(JsonObject snapshot) {
        var all = snapshot.getJsonArray("transfers", new JsonArray());
        var seen = new JsonArray();
        all.stream().map(JsonObject.class::cast).filter(this::isSeen).forEach(seen::add);
        return seen.size() == all.size() ? snapshot : snapshot.copy().put("transfers", seen);
    }

    boolean sees(TransferFacts transfer) {
        return isOurs(transfer.account())
                && reach.map(within -> within.test(transfer.path())).orElse(true);
    }

    private boolean isSeen(JsonObject fact) {
        return isOurs(fact.getString("account", ""))
                && reach.map(within -> paths(fact).allMatch(within)).orElse(true);
    }

    private static Stream<VirtualPath> paths(JsonObject fact) {
        return Stream.of("path", "to")
                .flatMap(key -> Optional.ofNullable(fact.getString(key)).stream())
                .map(VirtualPath::parse);
    }

    private boolean isOurs(String other) {
        return account.isEmpty() || account.get().equals(other);
    }
}
