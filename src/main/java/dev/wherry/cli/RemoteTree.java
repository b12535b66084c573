package dev.wherry.cli;

import dev.wherry.client.Landing;
import dev.wherry.client.RemoteEntry;
import dev.wherry.client.TransferWatch;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Kind;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks at the server's tree. */
final class RemoteTree {
    private final Line line;

    RemoteTree(Line line) {
        this.line = line;
    }

    RemoteEntry stat(VirtualPath path) throws IOException {
        return RemoteEntry.of(line.get().ask(new Request.Stat(path)));
    }

    /** The entry, if there is one. */
    Optional<RemoteEntry> find(VirtualPath path) throws IOException {
        try {
            return Optional.of(stat(path));
        } catch (FaultException refused) {
            if (refused.fault() == Fault.NOT_FOUND || refused.fault() == Fault.NO_FOLDER) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    boolean isFolder(VirtualPath path) throws IOException {
        return find(path).filter(RemoteEntry::isFolder).isPresent();
    }

    /** One that is there already is what was wanted; a file of that name shows itself when something goes into it. */
    void make(VirtualPath folder) throws IOException {
        try {
            line.get().ask(new Request.MakeFolder(folder));
        } catch (FaultException refused) {
            if (refused.fault() != Fault.EXISTS) {
                throw refused;
            }
        }
    }

    /** The recorded digest of a file; where none is recorded, it is fetched once, into nothing. */
    Sha256 digest(VirtualPath path, RemoteEntry entry) throws IOException {
        if (entry.sha256().isPresent()) {
            return entry.sha256().get();
        }
        return line.get()
                .download(path, entry.etag(), Landing.NOWHERE, TransferWatch.NOBODY)
                .sha256();
    }

    /** The path that is reached from a folder by a path below it. */
    static VirtualPath below(VirtualPath folder, VirtualPath relative) {
        var path = folder;
        for (var name : relative.segments()) {
            path = path.child(name);
        }
        return path;
    }

    /** Hands over all that is in a folder and below it, in the order of the server, with paths for names. */
    void each(VirtualPath folder, Consumer<RemoteEntry> each) throws IOException {
        line.get().ask(new Request.ListFolder(folder, true, true), facts -> each.accept(RemoteEntry.of(facts)));
    }

    /** The entries of a folder, by name; below it too when that is wanted, with their paths for names. */
    List<RemoteEntry> list(VirtualPath folder, boolean recursive, boolean digest) throws IOException {
        var entries = new ArrayList<RemoteEntry>();
        line.get().ask(new Request.ListFolder(folder, recursive, digest), facts -> entries.add(RemoteEntry.of(facts)));
        entries.sort(Comparator.comparing(RemoteEntry::name));
        return entries;
    }

    /**
     * What a path with globs stands for, in order. A path without, and one whose globs match nothing, stands for
     * itself; and so does a name in it that exists as it was typed, because a name may hold such characters.
     */
    List<VirtualPath> expand(String typed) throws IOException {
        if (!Glob.isIn(typed)) {
            return List.of(parse(typed));
        }
        List<VirtualPath> found = List.of(VirtualPath.ROOT);
        var segments = parse(typed).segments();
        for (var segment : segments) {
            found = Glob.isIn(segment) ? matches(found, segment) : children(found, segment);
        }
        if (!Glob.isIn(segments.getLast())) {
            found = existing(found);
        }
        return found.isEmpty() ? List.of(parse(typed)) : found;
    }

    /** A path as typed, which may end in a slash. */
    static VirtualPath parse(String typed) {
        return VirtualPath.parse(
                typed.length() > 1 && typed.endsWith("/") ? typed.substring(0, typed.length() - 1) : typed);
    }

    private List<VirtualPath> matches(List<VirtualPath> folders, String typed) throws IOException {
        var glob = new Glob(typed);
        var found = new ArrayList<VirtualPath>();
        for (var folder : folders) {
            var entries = entries(folder);
            if (entries.stream().anyMatch(entry -> entry.name().equals(typed))) {
                found.add(folder.child(typed));
                continue;
            }
            for (var entry : entries) {
                if (entry.kind() != Kind.REFUSED && glob.matches(entry.name())) {
                    found.add(folder.child(entry.name()));
                }
            }
        }
        return found;
    }

    /** What a glob has led to may lack the name behind it. What cannot be looked at is told when it is used. */
    private List<VirtualPath> existing(List<VirtualPath> paths) throws IOException {
        var found = new ArrayList<VirtualPath>();
        for (var path : paths) {
            try {
                if (find(path).isPresent()) {
                    found.add(path);
                }
            } catch (FaultException refused) {
                if (refused.fault() != Fault.NOT_FOLDER) {
                    found.add(path);
                }
            }
        }
        return found;
    }

    /** What is no folder has nothing in it that could match. */
    private List<RemoteEntry> entries(VirtualPath folder) throws IOException {
        try {
            return list(folder, false, false);
        } catch (FaultException refused) {
            return switch (refused.fault()) {
                case NOT_FOUND, NOT_FOLDER, NO_FOLDER -> List.of();
                default -> throw refused;
            };
        }
    }

    private static List<VirtualPath> children(List<VirtualPath> folders, String name) {
        return folders.stream().map(folder -> folder.child(name)).toList();
    }
}
