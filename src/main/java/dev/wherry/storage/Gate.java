package dev.wherry.storage;

import dev.wherry.auth.Auth;
import dev.wherry.auth.Principal;
import dev.wherry.auth.Right;
import dev.wherry.bus.Bus;
import dev.wherry.config.Config;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.Parents;
import io.vertx.core.Future;
import java.util.Locale;

/**
 * The one place where it is decided who may do what with which path. Every request of every door comes through here,
 * with rights as they are now, not as they were at the login.
 */
final class Gate {
    private final Bus bus;
    private final DiskTrouble trouble;
    private final boolean readOnly;
    private final boolean portableNames;

    Gate(Bus bus, Config config, DiskTrouble trouble) {
        this.bus = bus;
        this.trouble = trouble;
        this.readOnly = config.files().readOnly();
        this.portableNames = config.names().portable();
    }

    /** Lets through who may look: answers the principal with today's rights. */
    Future<Principal> maySee(Principal who, Right right, VirtualPath path) {
        return current(who).map(principal -> demand(principal, right, path));
    }

    /** Lets through who may change something and names it fit to be made; a read-only server lets nobody. */
    Future<Principal> mayChange(Principal who, Right right, VirtualPath path) {
        if (readOnly) {
            return Future.failedFuture(readOnly(path));
        }
        if (trouble.hasStoppedChanges()) {
            return Future.failedFuture(Fault.READ_ONLY.because(
                    "this server takes no changes: its disk failed again and again; its operator has to look at it"));
        }
        return current(who).map(principal -> demand(principal, right, path));
    }

    /** As {@link #mayChange}, for a name that is about to be made. */
    Future<Principal> mayMake(Principal who, VirtualPath path) {
        if (portableNames && path.unportable().isPresent()) {
            var rule = path.unportable().get();
            return Future.failedFuture(Fault.BAD_NAME
                    .because("this name cannot be used here: " + rule)
                    .with("name", path.toString())
                    .with("rule", rule));
        }
        return mayChange(who, Right.WRITE, path);
    }

    /** Which missing folders above a target this account may make: it takes the right to write on each of them. */
    static Parents parents(Principal principal, VirtualPath target) {
        var highest = target;
        while (!highest.isRoot() && principal.may(Right.WRITE, highest.parent())) {
            highest = highest.parent();
        }
        return new Parents.From(highest);
    }

    /** The principal with today's rights, of which none is asked for. */
    Future<Principal> current(Principal who) {
        return bus.ask(Auth.CURRENT, who).map(principal -> {
            if (principal.mustChangePassword()) {
                throw Fault.PASSWORD_CHANGE_REQUIRED.because("change the one-time password first");
            }
            return principal;
        });
    }

    /**
     * Whether an unfinished upload to this path may be known of, and given up. That takes no right of the account,
     * which may have lost them all there since: what it began it can still remove. A token that may not write there
     * finds it unknown.
     */
    static boolean knowsUpload(Principal principal, VirtualPath target) {
        return principal.leaves(Right.WRITE, target);
    }

    /** The principal, or {@code denied}: the longest rule for the path decides. */
    static Principal demand(Principal principal, Right right, VirtualPath path) {
        if (!principal.may(right, path)) {
            throw denied(right, "in " + path, path);
        }
        return principal;
    }

    /** The principal, or {@code denied} where a rule further down takes the right away. */
    static Principal demandThroughout(Principal principal, Right right, VirtualPath folder) {
        if (!principal.mayThroughout(right, folder)) {
            throw denied(right, "everywhere below " + folder, folder);
        }
        return principal;
    }

    private static FaultException denied(Right right, String where, VirtualPath path) {
        var word = right.name().toLowerCase(Locale.ROOT);
        return Fault.DENIED
                .because("with this login you may not " + word + " " + where
                        + "; an administrator can grant it to the account, and a token may have less than its account")
                .with("right", word)
                .with("path", path.toString());
    }

    /**
     * A refusal as this account may hear it: size, version and digest of what is in the way are only for those who may
     * list it.
     */
    static <T> Future<T> refused(Principal principal, VirtualPath path, Throwable failure) {
        var fault = FaultException.of(failure);
        boolean telling = fault.fault() == Fault.EXISTS || fault.fault() == Fault.CHANGED;
        return Future.failedFuture(
                telling && !principal.may(Right.LIST, path)
                        ? fault.fault().because(fault.getMessage()).with("path", path.toString())
                        : fault);
    }

    private static FaultException readOnly(VirtualPath path) {
        return Fault.READ_ONLY
                .because("this server only gives files out; it was started with --read-only")
                .with("path", path.toString());
    }
}
