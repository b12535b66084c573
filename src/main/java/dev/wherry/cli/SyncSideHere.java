package dev.wherry.cli;

import dev.wherry.fault.Fault;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/**
 * A folder on this machine that becomes like one on the server.
 *
 * @param source the folder on the server
 */
record SyncSideHere(VirtualPath source, Path folder, LocalNames names) implements SyncSide {
    @Override
    public String name(VirtualPath path) {
        return place(path).toString();
    }

    private Path place(VirtualPath path) {
        return names.below(folder, path);
    }

    /** As it was found, where that is another name than one would give it. */
    private Path place(VirtualPath path, SyncItem item) {
        return item.here().map(LocalContent.OfFile::path).orElseGet(() -> place(path));
    }

    @Override
    public Transfer transfer(SyncSteps.Copy copy) {
        var place = copy.old().map(old -> place(copy.path(), old)).orElseGet(() -> place(copy.path()));
        var known = copy.old().flatMap(SyncItem::here).map(LocalContent.OfFile::found);
        var entry = copy.from().there().orElseThrow();
        return new GetFile(RemoteTree.below(source, copy.path()), entry, place, known);
    }

    @Override
    public void open(VirtualPath path) throws IOException {
        if (path.isRoot()) {
            return;
        }
        open(path.parent());
        var place = place(path);
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.createDirectory(place);
        } catch (FileAlreadyExistsException another) {
            throw Fault.NOT_FOLDER.because(
                    (Files.isSymbolicLink(place) ? "a link, which is not followed: " : "no folder, but a file: ")
                            + place,
                    another);
        }
    }

    @Override
    public void make(SyncSteps.Folder made) throws IOException {
        open(made.path());
    }

    @Override
    public void remove(SyncSteps.Removal removal, VirtualPath path) throws IOException {
        var place = path.equals(removal.path()) ? place(path, removal.item()) : aside(removal, path);
        if (!isThere(removal.item(), place)) {
            return;
        }
        try {
            Files.deleteIfExists(place);
        } catch (DirectoryNotEmptyException filled) {
            throw Fault.NOT_EMPTY.because("not empty, so it stays: " + place, filled);
        }
    }

    /** Of what lies in a folder that made room, or is that itself: its last name is as it was found. */
    private Path aside(SyncSteps.Removal removal, VirtualPath path) {
        var found = place(removal.path(), removal.item());
        boolean isTop = path.segments().size() == removal.path().segments().size()
                && !path.name().equals(removal.path().name());
        return isTop ? place(path) : place(path).resolveSibling(found.getFileName());
    }

    /** Whether it is still there; another one is not to be touched. */
    private static boolean isThere(SyncItem seen, Path place) throws IOException {
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        boolean isSame = switch (seen.kind()) {
            case FILE -> seen.here().orElseThrow().found().isStillAt(place);
            case FOLDER -> Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS);
            case REFUSED -> Files.isSymbolicLink(place);
        };
        if (!isSame) {
            throw Fault.CHANGED.because("changed meanwhile: " + place + "; it stays, look at it again");
        }
        return true;
    }

    @Override
    public void setAside(SyncSteps.Removal seen, VirtualPath aside) throws IOException {
        var place = place(seen.path(), seen.item());
        if (isThere(seen.item(), place)) {
            Files.move(place, place(aside));
        }
    }

    @Override
    public void putBack(SyncSteps.Removal seen, VirtualPath aside) throws IOException {
        var place = place(seen.path(), seen.item());
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(place);
        }
        Files.move(place(aside), place);
    }

    @Override
    public void end(List<SyncSteps.Folder> made) {
        made.reversed().forEach(each -> each.from().modified().ifPresent(time -> setTime(place(each.path()), time)));
    }

    private static void setTime(Path place, Instant time) {
        try {
            if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                Files.setLastModifiedTime(place, FileTime.from(time));
            }
        } catch (IOException stays) {
            // A kindness: what is in it is what was wanted.
        }
    }
}
