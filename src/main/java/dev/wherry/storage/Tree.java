package dev.wherry.storage;

import dev.wherry.auth.Right;
import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.fault.Fault;
import dev.wherry.path.Kind;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.Leases.Use;
import dev.wherry.storage.Storage.Done;
import dev.wherry.storage.StorageRequest.Delete;
import dev.wherry.storage.StorageRequest.ListFolder;
import dev.wherry.storage.StorageRequest.MakeFolder;
import dev.wherry.storage.StorageRequest.Move;
import dev.wherry.storage.StorageRequest.Open;
import dev.wherry.storage.StorageRequest.RemoveFolder;
import dev.wherry.storage.StorageRequest.Stat;
import dev.wherry.storage.backend.Backend;
import dev.wherry.storage.backend.Entry;
import io.vertx.core.Future;
import java.util.Optional;

/** What is there, and everything that changes it but uploads. Confined to the context of the storage verticle. */
final class Tree {
    private final Bus bus;
    private final Gate gate;
    private final Tenure tenure;
    private final Backend backend;
    private final QuotaWatch quotas;

    Tree(Bus bus, Gate gate, Tenure tenure, Backend backend, QuotaWatch quotas) {
        this.bus = bus;
        this.gate = gate;
        this.tenure = tenure;
        this.backend = backend;
        this.quotas = quotas;
    }

    /** Who may read a file learns by that all that is said of it here; of a folder nothing. */
    Future<Entry> stat(Stat asked) {
        var path = asked.path();
        return gate.current(asked.who()).compose(principal -> {
            boolean mayList = principal.may(Right.LIST, path) || !principal.may(Right.READ, path);
            return gate.maySee(principal, mayList ? Right.LIST : Right.READ, path)
                    .compose(ignored -> backend.stat(path))
                    .map(entry -> {
                        if (entry.kind() != Kind.FILE) {
                            Gate.demand(principal, Right.LIST, path);
                        }
                        return entry;
                    });
        });
    }

    Future<Listable> list(ListFolder asked) {
        return gate.maySee(asked.who(), Right.LIST, asked.path())
                .map(principal -> new Listable(principal, asked.path()));
    }

    Future<LeaseId> open(Open asked) {
        return gate.maySee(asked.who(), Right.READ, asked.path())
                .map(ignored -> tenure.take(asked.who(), asked.path(), Use.READ));
    }

    Future<Done> close(LeaseId lease) {
        tenure.end(lease);
        return Future.succeededFuture(Done.DONE);
    }

    Future<Done> delete(Delete asked) {
        var path = asked.path();
        return gate.mayChange(asked.who(), Right.DELETE, path)
                .compose(principal -> tenure.during(
                                asked.who(),
                                path,
                                Use.REMOVE,
                                () -> demandVersion(path, asked.expected())
                                        .compose(is -> quotas.removing(path, () -> backend.delete(path))))
                        .recover(failure -> Gate.refused(principal, path, failure)))
                .map(done -> tell(new TreeEvent.Deleted(asked.who().account(), path, asked.whence())));
    }

    /** Under the lease: nobody who asks here changes it in between. That a folder is none is said by the backend. */
    private Future<Void> demandVersion(VirtualPath path, Precondition expected) {
        return expected instanceof Precondition.Version(var etag)
                ? backend.stat(path).map(entry -> {
                    if (entry.kind() == Kind.FILE && !entry.etag().equals(Optional.of(etag))) {
                        throw entry.inTheWay(Fault.CHANGED, path);
                    }
                    return null;
                })
                : Future.succeededFuture();
    }

    Future<Done> makeFolder(MakeFolder asked) {
        var path = asked.path();
        return gate.mayMake(asked.who(), path)
                .compose(principal -> tenure.during(
                        asked.who(), path, Use.WRITE, () -> backend.makeFolder(path, Gate.parents(principal, path))))
                .map(done -> tell(new TreeEvent.FolderMade(asked.who().account(), path, asked.whence())));
    }

    Future<Done> removeFolder(RemoveFolder asked) {
        var path = asked.path();
        demandNotRoot(path, "removed");
        return gate.mayChange(asked.who(), Right.DELETE, path)
                .map(principal -> Gate.demandThroughout(principal, Right.DELETE, path))
                .compose(ignored -> tenure.during(asked.who(), path, Use.REMOVE, () -> takeAway(asked)))
                .map(done -> tell(
                        new TreeEvent.FolderRemoved(asked.who().account(), path, asked.recursive(), asked.whence())));
    }

    /** One that must be empty has nothing to give back. */
    private Future<Void> takeAway(RemoveFolder asked) {
        return asked.recursive()
                ? quotas.removing(asked.path(), () -> backend.removeFolder(asked.path(), true))
                : backend.removeFolder(asked.path(), false);
    }

    /**
     * Gives another name. It takes the right to delete at the old one, to write at the new one, and to read what is
     * moved, so that nothing can be read by moving it to where it may be read.
     */
    Future<Done> move(Move asked) {
        demandNotRoot(asked.from(), "moved");
        demandNotRoot(asked.to(), "replaced");
        if (asked.to().isWithin(asked.from())) {
            return Future.failedFuture(Fault.BAD_NAME
                    .because("a folder cannot be moved into itself: " + asked.from() + " to " + asked.to())
                    .with("path", asked.to().toString())
                    .with("name", asked.to().toString())
                    .with("rule", "a folder cannot be moved into itself"));
        }
        return gate.mayChange(asked.who(), Right.DELETE, asked.from())
                .map(principal -> Gate.demandThroughout(principal, Right.DELETE, asked.from()))
                .map(principal -> Gate.demandThroughout(principal, Right.READ, asked.from()))
                .compose(principal -> gate.mayMake(asked.who(), asked.to()))
                .map(principal -> Gate.demandThroughout(principal, Right.WRITE, asked.to()))
                .compose(principal -> tenure.during(
                                asked.who(),
                                asked.from(),
                                asked.to(),
                                () -> move(asked.from(), asked.to(), asked.expected()))
                        .recover(failure -> Gate.refused(principal, asked.to(), failure)))
                .map(done ->
                        tell(new TreeEvent.Moved(asked.who().account(), asked.from(), asked.to(), asked.whence())));
    }

    private Future<Void> move(VirtualPath from, VirtualPath to, Precondition expected) {
        return quotas.moving(from, to, () -> backend.move(from, to, expected));
    }

    /** The backend has answered: it is durable. */
    private Done tell(TreeEvent happened) {
        bus.tell(Event.HAPPENED, happened);
        return Done.DONE;
    }

    private static void demandNotRoot(VirtualPath path, String what) {
        if (path.isRoot()) {
            throw Fault.DENIED.because("the whole tree cannot be " + what);
        }
    }
}
