package dev.wherry.storage;

import dev.wherry.path.VirtualPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Who is using which name right now. A lease belongs to one running operation and ends with it; nobody ever waits for
 * one: what conflicts is busy. Removing a folder, or giving it another name, concerns everything below it.
 *
 * <p>Confined to the context of the storage verticle.
 */
final class Leases {
    /** What an operation does with a name. */
    enum Use {
        /** Reads the file that has the name; keeps it even when the name goes to another. */
        READ("being downloaded"),
        /** Makes the name, or replaces what it stands for, when it is done. */
        WRITE("being uploaded"),
        /** Takes the name away, and all names below it. */
        REMOVE("being deleted or moved");

        private final String words;

        Use(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        private boolean conflictsWith(Use other) {
            return switch (this) {
                case READ -> other == REMOVE;
                case WRITE -> other != READ;
                case REMOVE -> true;
            };
        }
    }

    /**
     * One name held by one operation.
     *
     * @param holder the account whose operation it is
     */
    record Lease(LeaseId id, VirtualPath path, Use use, String holder) {}

    private final TreeMap<VirtualPath, List<Lease>> byPath = new TreeMap<>();
    private final Map<LeaseId, Lease> byId = new HashMap<>();
    private long last;

    /** What stands in the way of this use of this name, if anything. */
    Optional<Lease> conflict(VirtualPath path, Use use) {
        var above = Stream.iterate(path, folder -> !folder.isRoot(), VirtualPath::parent)
                .skip(1)
                .flatMap(this::at)
                .filter(lease -> lease.use() == Use.REMOVE);
        var here = at(path).filter(lease -> use.conflictsWith(lease.use()));
        var below = use == Use.REMOVE ? below(path) : Stream.<Lease>empty();
        return Stream.of(above, here, below).flatMap(leases -> leases).findFirst();
    }

    private Stream<Lease> at(VirtualPath path) {
        return byPath.getOrDefault(path, List.of()).stream();
    }

    /** In the order of paths everything below a folder follows it directly. */
    private Stream<Lease> below(VirtualPath folder) {
        return byPath.tailMap(folder, false).entrySet().stream()
                .takeWhile(entry -> entry.getKey().isWithin(folder))
                .flatMap(entry -> entry.getValue().stream());
    }

    /** Takes a lease; the caller has seen that nothing conflicts. */
    LeaseId take(VirtualPath path, Use use, String holder) {
        var lease = new Lease(new LeaseId(++last), path, use, holder);
        byPath.computeIfAbsent(path, ignored -> new ArrayList<>(1)).add(lease);
        byId.put(lease.id(), lease);
        return lease.id();
    }

    /** Ends a lease; one that has ended already is no failure. */
    void end(LeaseId id) {
        var lease = byId.remove(id);
        if (lease == null) {
            return;
        }
        byPath.computeIfPresent(lease.path(), (path, leases) -> {
            leases.remove(lease);
            return leases.isEmpty() ? null : leases;
        });
    }
}
