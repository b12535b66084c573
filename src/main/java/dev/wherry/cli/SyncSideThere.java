package dev.wherry.cli;

import dev.wherry.client.RemoteEntry;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Kind;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A folder on the server that becomes like one here. */
record SyncSideThere(RemoteTree tree, VirtualPath folder, Line line) implements SyncSide {
    @Override
    public String name(VirtualPath path) {
        return ":" + place(path);
    }

    private VirtualPath place(VirtualPath path) {
        return RemoteTree.below(folder, path);
    }

    @Override
    public Transfer transfer(SyncSteps.Copy copy) {
        Precondition expected = copy.old()
                .flatMap(SyncItem::there)
                .flatMap(entry -> entry.etag())
                .<Precondition>map(Precondition.Version::new)
                .orElseGet(Precondition.Absent::new);
        var content = copy.from().here().orElseThrow();
        return new PutFile(content, place(copy.path()), expected, true);
    }

    /** The server makes what is missing, and follows no links. */
    @Override
    public void open(VirtualPath path) {}

    @Override
    public void make(SyncSteps.Folder made) throws IOException {
        if (made.isEmpty()) {
            tree.make(place(made.path()));
        }
    }

    @Override
    public void remove(SyncSteps.Removal removal, VirtualPath path) throws IOException {
        if (removal.item().kind() == Kind.FOLDER) {
            line.get().ask(new Request.RemoveFolder(place(path), false));
        } else {
            delete(removal, path, etag(removal));
        }
    }

    /** Only the version that was seen: another one is not to be touched. */
    private void delete(SyncSteps.Removal seen, VirtualPath path, Optional<Etag> version) throws IOException {
        try {
            line.get().ask(new Request.Delete(place(path), version));
        } catch (FaultException refused) {
            switch (refused.fault()) {
                case NOT_FOUND -> {}
                case CHANGED -> {
                    var same = renamed(seen, path, version).orElseThrow(() -> changed(path));
                    delete(seen, path, Optional.of(same));
                }
                default -> throw refused;
            }
        }
    }

    /** Of a file that no upload brought, the version is another one once it has made room; its bytes are the same. */
    private Optional<Etag> renamed(SyncSteps.Removal seen, VirtualPath path, Optional<Etag> refused)
            throws IOException {
        if (path.equals(seen.path()) || !refused.equals(etag(seen))) {
            return Optional.empty();
        }
        return tree.find(place(path)).filter(now -> isLike(seen, now)).flatMap(RemoteEntry::etag);
    }

    private static boolean isLike(SyncSteps.Removal seen, RemoteEntry now) {
        return seen.item()
                .there()
                .filter(then -> then.kind() == now.kind()
                        && then.size() == now.size()
                        && then.modified().equals(now.modified()))
                .isPresent();
    }

    private static Optional<Etag> etag(SyncSteps.Removal seen) {
        return seen.item().there().flatMap(RemoteEntry::etag);
    }

    private FaultException changed(VirtualPath path) {
        return Fault.CHANGED.because("changed meanwhile: " + name(path) + "; it stays, look at it again");
    }

    /** Whether it is still there; another one is not to be touched. */
    private boolean isThere(SyncSteps.Removal seen, VirtualPath path) throws IOException {
        var now = tree.find(place(path));
        if (now.isPresent() && !now.get().etag().equals(etag(seen))) {
            throw changed(path);
        }
        return now.isPresent();
    }

    @Override
    public void setAside(SyncSteps.Removal seen, VirtualPath aside) throws IOException {
        if (seen.item().kind() == Kind.FOLDER || isThere(seen, seen.path())) {
            line.get().ask(new Request.Move(place(seen.path()), place(aside), new Precondition.Absent()));
        }
    }

    @Override
    public void putBack(SyncSteps.Removal seen, VirtualPath aside) throws IOException {
        if (tree.isFolder(place(seen.path()))) {
            line.get().ask(new Request.RemoveFolder(place(seen.path()), false));
        }
        line.get().ask(new Request.Move(place(aside), place(seen.path()), new Precondition.Absent()));
    }

    @Override
    public void end(List<SyncSteps.Folder> made) {}
}
