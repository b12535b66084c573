package dev.wherry.cli;

import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final List<Removal> removals = new ArrayList<>();
    private final List<InTheWay> inTheWay = new ArrayList<>();
    private int same;

    /** Folders of the target that cannot go, because something in them stays. */
    private final Set<VirtualPath> holding;

    /** Names of the target below which nothing can be put. */
    private final Set<VirtualPath> blocked = new HashSet<>();

    private final Map<VirtualPath, Replacement> replacements = new LinkedHashMap<>();

    private SyncSteps(SyncTree source, SyncTree target, boolean checksum, boolean delete) {
        this.source = source.items();
        this.target = target.items();
        this.holding = new HashSet<>(target.holding());
        this.checksum = checksum;
        this.delete = delete;
    }

    /**
     * @param checksum whether files of one size are told apart by their digests, and not by their times
     * @param delete whether what is only in the target is removed
     */
    static SyncSteps between(SyncTree source, SyncTree target, boolean checksum, boolean delete) throws IOException {
        var steps = new SyncSteps(source, target, checksum, delete);
        for (var each : steps.source.entrySet()) {
            steps.compare(each.getKey(), each.getValue());
        }
        if (delete) {
            steps.remove();
        }
        return steps;
    }

    private void compare(VirtualPath path, SyncItem from) throws IOException {
        if (!from.isChosen() || from.kind() == Kind.REFUSED || isBelow(path, blocked)) {
            return;
        }
        var wall = wall(path, from);
        if (wall.isPresent()) {
            var at = wall.get();
            var why = whyStays(at);
            if (why.isPresent()) {
                inTheWay.add(new InTheWay(at, why.get()));
                blocked.add(at);
                return;
            }
            replacements.put(at, new Replacement(new Removal(at, item(at)), new ArrayList<>()));
        }
        var old = Optional.ofNullable(target.get(path)).filter(item -> item.kind() == from.kind());
        if (from.kind() == Kind.FILE) {
            compareFiles(path, from, old);
        } else if (old.isEmpty()) {
            folders.add(new Folder(path, from, isEmpty(path)));
        }
    }

    /** What has the name, or that of a folder above it, and is of another kind. */
    private Optional<VirtualPath> wall(VirtualPath path, SyncItem from) {
        if (isBelow(path, replacements.keySet())) {
            return Optional.empty();
        }
        for (var at = path; !at.isRoot(); at = at.parent()) {
            var item = target.get(at);
            var wanted = at.equals(path) ? from.kind() : Kind.FOLDER;
            if (item != null && item.kind() != wanted) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private Optional<String> whyStays(VirtualPath path) {
        var item = item(path);
        if (item.isOutOfReach()) {
            return Optional.of("the server does not open it");
        }
        if (!item.isChosen()) {
            return Optional.of("--include leaves it out");
        }
        if (holding.contains(path)) {
            return Optional.of("something in it stays");
        }
        return delete ? Optional.empty() : Optional.of("--delete replaces it");
    }

    private SyncItem item(VirtualPath path) {
        return Optional.ofNullable(target.get(path)).orElseThrow();
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
            var replacement = above(path);
            if (replacement.isPresent()) {
                if (!replacement.get().top().path().equals(path)) {
                    replacement.get().inside().add(new Removal(path, each.getValue()));
                }
            } else if (!source.containsKey(path)) {
                if (stays(path, each.getValue())) {
                    hold(path.parent());
                } else {
                    removals.add(new Removal(path, each.getValue()));
                }
            }
        }
    }

    private Optional<Replacement> above(VirtualPath path) {
        if (replacements.isEmpty()) {
            return Optional.empty();
        }
        for (var at = path; !at.isRoot(); at = at.parent()) {
            var replacement = replacements.get(at);
            if (replacement != null) {
                return Optional.of(replacement);
            }
        }
        return Optional.empty();
    }

    private boolean stays(VirtualPath path, SyncItem item) {
        return !item.isChosen() || item.isOutOfReach() || holding.contains(path) || isProtected(path);
    }

    private void hold(VirtualPath folder) {
        for (var at = folder; !at.isRoot() && holding.add(at); at = at.parent()) {
            // Each once.
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

    List<Copy> allCopies() {
        return copies;
    }

    /** But those that need room made first. */
    List<Copy> copies() {
        return copies.stream().filter(copy -> above(copy.path()).isEmpty()).toList();
    }

    List<Copy> copies(Replacement into) {
        return copies.stream().filter(copy -> into.isAbove(copy.path())).toList();
    }

    /** All that are missing, from the top down. */
    List<Folder> folders() {
        return folders;
    }

    /** What has to make room, because something else is to have its name. */
    List<Replacement> replacements() {
        return List.copyOf(replacements.values());
    }

    /** What goes when all that was to come is there. */
    List<Removal> removals() {
        return removals;
    }

    /** What stays although something else was to have its name. */
    List<InTheWay> inTheWay() {
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

    /** @param inside what is below it, the deepest first */
    record Replacement(Removal top, List<Removal> inside) {
        boolean isAbove(VirtualPath path) {
            return path.isWithin(top.path());
        }
    }

    /** @param why it stays */
    record InTheWay(VirtualPath path, String why) {}
}
