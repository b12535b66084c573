package dev.wherry.storage;

import dev.wherry.auth.Principal;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.Leases.Lease;
import dev.wherry.storage.Leases.Use;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Takes leases for operations and says in words why one cannot be had. Confined as {@link Leases} is. */
final class Tenure {
    private final Leases leases = new Leases();

    /** A lease that the caller ends; {@code busy}, with who is doing what, when it conflicts. */
    LeaseId take(Principal who, VirtualPath path, Use use) {
        leases.conflict(path, use).ifPresent(lease -> {
            throw busy(lease);
        });
        return leases.take(path, use, who.account());
    }

    /** Does something under a lease, which ends with it. */
    <T> Future<T> during(Principal who, VirtualPath path, Use use, Supplier<Future<T>> operation) {
        var lease = take(who, path, use);
        return operation.get().onComplete(ignored -> end(lease));
    }

    /** Does something under two leases: both, or neither. */
    <T> Future<T> during(Principal who, VirtualPath removed, VirtualPath written, Supplier<Future<T>> operation) {
        leases.conflict(written, Use.WRITE).ifPresent(lease -> {
            throw busy(lease);
        });
        var removing = take(who, removed, Use.REMOVE);
        var writing = leases.take(written, Use.WRITE, who.account());
        return operation.get().onComplete(ignored -> {
            end(removing);
            end(writing);
        });
    }

    void end(LeaseId lease) {
        leases.end(lease);
    }

    private static FaultException busy(Lease lease) {
        return Fault.BUSY
                .because("busy: " + lease.path() + " is " + lease.use().words() + " by " + lease.holder()
                        + "; try again when that has ended")
                .with("path", lease.path().toString())
                .with("by", lease.holder());
    }
}
