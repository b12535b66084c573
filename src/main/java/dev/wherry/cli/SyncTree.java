package dev.wherry.cli;

import dev.wherry.client.RemoteEntry;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is in a folder that takes part, on either side, with what is known of it to be out of reach. */
final class SyncTree {
    private final Selection selection;
    private final SortedMap<VirtualPath, SyncItem> items = new TreeMap<>();

    /** Folders in which, at any depth, something is that stays there whatever happens. */
    private final Set<VirtualPath> holding = new HashSet<>();

    private final List<Unseen> unseen = new ArrayList<>();
    private int refused;

    /** The folder of the entry that came last, as it was named and as a path. */
    private String lastAbove = "";

    private VirtualPath lastFolder = VirtualPath.ROOT;

    private SyncTree(Selection selection) {
        this.selection = selection;
    }

    /** Of a folder of the server; what is in it is {@link #add}ed. */
    static SyncTree ofServer(Selection selection) {
        return new SyncTree(selection);
    }

    static SyncTree of(LocalTree here, Selection selection) {
        var tree = new SyncTree(selection);
        here.files().forEach((path, file) -> tree.items.put(path, SyncItem.of(file)));
        here.links().forEach(path -> tree.items.put(path, SyncItem.of(Kind.REFUSED, true)));
        here.leftOut().forEach((path, kind) -> {
            tree.items.put(path, SyncItem.of(kind, false));
            tree.hold(path.parent());
        });
        here.excluding().forEach(tree::hold);
        here.folders()
                .forEach((path, attributes) -> tree.items.put(
                        path, SyncItem.ofFolder(attributes.lastModifiedTime().toInstant(), !selection.isForFiles())));
        here.unreadable().forEach(each -> tree.unseen.add(new Unseen(each.found(), each.failure())));
        return tree;
    }

    /** @param entry of a recursive listing of the folder */
    void add(RemoteEntry entry) {
        VirtualPath path;
        try {
            path = path(entry.name());
        } catch (FaultException badName) {
            addUnnameable(entry, badName);
            return;
        }
        if (!selection.entersFolderAndAbove(path)) {
            hold(path.parent());
            return;
        }
        boolean isChosen = entry.isFolder() ? !selection.isForFiles() : entry.unread() || selection.takesFile(path);
        if (entry.kind() == Kind.REFUSED) {
            addRefused(path, entry, isChosen);
            return;
        }
        if (!isChosen && !entry.isFolder()) {
            hold(path.parent());
        }
        items.put(
                path,
                entry.isFolder()
                        ? new SyncItem(Kind.FOLDER, 0, entry.modified(), Optional.empty(), Optional.empty(), isChosen)
                        : SyncItem.of(entry.nameless(), isChosen));
    }

    /** What is in one folder comes together: all of it shares the names above. */
    private VirtualPath path(String name) {
        int slash = name.lastIndexOf('/');
        if (slash < 0) {
            return VirtualPath.parse(name);
        }
        var above = name.substring(0, slash);
        if (!above.equals(lastAbove)) {
            lastFolder = path(above);
            lastAbove = above;
        }
        return lastFolder.child(name.substring(slash + 1));
    }

    /** Its name cannot be asked for, so nothing can be said of it but that it is there. */
    private void addUnnameable(RemoteEntry entry, FaultException badName) {
        int slash = entry.name().lastIndexOf('/');
        var folder =
                slash < 0 ? VirtualPath.ROOT : VirtualPath.parse(entry.name().substring(0, slash));
        hold(folder);
        if (selection.entersFolderAndAbove(folder)
                && selection.takesName(entry.name().substring(slash + 1))) {
            unseen.add(new Unseen(entry.name(), badName));
        }
    }

    private void addRefused(VirtualPath path, RemoteEntry entry, boolean isChosen) {
        hold(path.parent());
        refused++;
        if (entry.unread()) {
            unseen.add(new Unseen(
                    entry.name(),
                    Fault.REFUSED_ENTRY.because("the server does not open it: "
                            + entry.refused().orElse("what is in it cannot be listed"))));
        }
        // Under a name that two share to us, the one that can be opened counts.
        items.putIfAbsent(path, SyncItem.of(entry, isChosen));
    }

    private void hold(VirtualPath folder) {
        for (var at = folder; !at.isRoot() && holding.add(at); at = at.parent()) {
            // Each once.
        }
    }

    /** By path below the folder; with {@code --include} also what it leaves out, because that is in the way. */
    SortedMap<VirtualPath, SyncItem> items() {
        return Collections.unmodifiableSortedMap(items);
    }

    Set<VirtualPath> holding() {
        return Collections.unmodifiableSet(holding);
    }

    /** Of which nobody knows what it is or holds. */
    List<Unseen> unseen() {
        return unseen;
    }

    /** How many entries the server does not open. */
    int refused() {
        return refused;
    }

    /** @param found as it is called, below the folder on the server, or as a path of this machine */
    record Unseen(String found, Exception failure) {}
}
