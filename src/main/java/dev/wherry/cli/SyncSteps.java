package dev.wherry.cli;

import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** What has to be done to a folder so that it becomes like another. Compares, and does nothing. */
final class SyncSteps {
    private final SortedMap<VirtualPath, SyncItem> source;
    private final SortedMap<VirtualPath, SyncItem> target;
    private final boolean checksum;
    private final boolean delete;

    private final List<Copy> copies = new ArrayList<>();
    private final List<Folder> folders = new ArrayList<>();
    private final List<Removal> before = new ArrayList<>();
    private final List<Removal> after = new ArrayList<>();
    private final List<VirtualPath> inTheWay = new ArrayList<>();
    private int same;

    /** Names of the target below which nothing can be put, and names that are removed to make room. */
    private final Set<VirtualPath> blocked = new HashSet<>();

    private final Set<VirtualPath> replaced = new HashSet<>();

    private SyncSteps(
            SortedMap<VirtualPath, SyncItem> source,
            SortedMap<VirtualPath, SyncItem> target,
            boolean checksum,
            boolean delete) {
        this.source = source;
        this.target = target;
        this.checksum = checksum;
        this.delete = delete;
    }

    /**
     * @param checksum whether files of one size are told apart by their digests, and not by their times
     * @param delete whether what is only in the target is removed
     */
    static SyncSteps between(
            SortedMap<VirtualPath, SyncItem> source,
            SortedMap<VirtualPath, SyncItem> target,
            boolean checksum,
            boolean delete)
            throws IOException {
        var steps = new SyncSteps(source, target, checksum, delete);
        for (var each : source.entrySet()) {
            steps.compare(each.getKey(), each.getValue(), Optional.ofNullable(target.get(each.getKey())));
        }
        if (delete) {
            steps.remove();
        }
        return steps;
    }

    private void compare(VirtualPath path, SyncItem from, Optional<SyncItem> to) throws IOException {
        if (isBelow(path, blocked) || from.kind() == Kind.REFUSED) {
            return;
        }
        if (to.isPresent() && to.get().kind() != from.kind()) {
            if (!delete) {
                inTheWay.add(path);
                blocked.add(path);
                return;
            }
            replaced.add(path);
        }
        var old = to.filter(item -> item.kind() == from.kind());
        if (from.kind() == Kind.FOLDER) {
            if (old.isEmpty()) {
                folders.add(new Folder(path, from, isEmpty(path)));
            }
        } else {
            compareFiles(path, from, old);
        }
    }

    private void compareFiles(VirtualPath path, SyncItem from, Optional<SyncItem> old) throws IOException {
        if (old.isEmpty()) {
            copies.add(new Copy(path, from, old, "new"));
        } else if (old.get().size() != from.size()) {
            copies.add(new Copy(path, from, old, "size"));
        } else if (!checksum && old.get().hasTimeOf(from)) {
            same++;
        } else if (from.sha256().isPresent() && from.sha256().equals(old.get().sha256())) {
            // Another time alone is no reason to send it again.
            same++;
        } else {
            copies.add(new Copy(path, from, old, checksum ? "digest" : "time"));
        }
    }

    private boolean isEmpty(VirtualPath folder) {
        var next = source.tailMap(folder).keySet().stream().skip(1).findFirst();
        return next.filter(path -> path.isWithin(folder)).isEmpty();
    }

    /** What is below a folder goes before it. What the source has, but cannot be carried, stays. */
    private void remove() {
        for (var each : target.reversed().entrySet()) {
            var path = each.getKey();
            boolean makesRoom = isBelow(path, replaced);
            boolean isKept = source.containsKey(path) && !replaced.contains(path);
            if (makesRoom) {
                before.add(new Removal(path, each.getValue()));
            } else if (!isKept && !isProtected(path)) {
                after.add(new Removal(path, each.getValue()));
            }
        }
    }

    /** Whether it, or what it lies in, is in the source as something that cannot be carried. */
    private boolean isProtected(VirtualPath path) {
        for (var at = path; !at.isRoot(); at = at.parent()) {
            var item = source.get(at);
            if (item != null && item.kind() == Kind.REFUSED) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBelow(VirtualPath path, Set<VirtualPath> some) {
        if (some.isEmpty()) {
            return false;
        }
        for (var at = path; !at.isRoot(); at = at.parent()) {
            if (some.contains(at)) {
                return true;
            }
        }
        return false;
    }

    List<Copy> copies() {
        return copies;
    }

    /** That are missing, from the top down. */
    List<Folder> folders() {
        return folders;
    }

    /** What has to go first, because something else is to have its name. */
    List<Removal> before() {
        return before;
    }

    /** What goes when all that was to come is there. */
    List<Removal> after() {
        return after;
    }

    /** What only {@code --delete} would replace, because it is of another kind. */
    List<VirtualPath> inTheWay() {
        return inTheWay;
    }

    /** How many files are alike already. */
    int same() {
        return same;
    }

    /** @param old what has the name there, to be replaced by it */
    record Copy(VirtualPath path, SyncItem from, Optional<SyncItem> old, String why) {}

    record Folder(VirtualPath path, SyncItem from, boolean isEmpty) {}

    record Removal(VirtualPath path, SyncItem item) {}
}
