package dev.wherry.cli;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Kind;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;

/** The folder that is made like another: on the server, or on this machine. */
sealed interface SyncSide {
    /** What a path below the folder is called, for whoever is told of it. */
    String name(VirtualPath path);

    Transfer transfer(SyncSteps.Copy copy);

    /** What comes into being with its files need not be made. */
    void make(SyncSteps.Folder folder) throws IOException;

    /** A folder only when nothing is in it any more: what came into it meanwhile nobody has spoken of. */
    void remove(SyncSteps.Removal removal) throws IOException;

    /** Called when everything is in its place. */
    void end(List<SyncSteps.Folder> made) throws IOException;

    record OnServer(RemoteTree tree, VirtualPath folder, Line line) implements SyncSide {
        @Override
        public String name(VirtualPath path) {
            return ":" + RemoteTree.below(folder, path);
        }

        @Override
        public Transfer transfer(SyncSteps.Copy copy) {
            Precondition expected = copy.old()
                    .flatMap(SyncItem::there)
                    .flatMap(entry -> entry.etag())
                    .<Precondition>map(Precondition.Version::new)
                    .orElseGet(Precondition.Absent::new);
            var content = copy.from().here().orElseThrow();
            return new PutFile(content, RemoteTree.below(folder, copy.path()), expected, true);
        }

        @Override
        public void make(SyncSteps.Folder made) throws IOException {
            if (made.isEmpty()) {
                tree.make(RemoteTree.below(folder, made.path()));
            }
        }

        @Override
        public void remove(SyncSteps.Removal removal) throws IOException {
            var path = RemoteTree.below(folder, removal.path());
            line.get()
                    .ask(
                            removal.item().kind() == Kind.FOLDER
                                    ? new Request.RemoveFolder(path, false)
                                    : new Request.Delete(path));
        }

        @Override
        public void end(List<SyncSteps.Folder> made) {}
    }

    /** @param source the folder on the server */
    record OnThisMachine(VirtualPath source, Path folder, LocalNames names) implements SyncSide {
        @Override
        public String name(VirtualPath path) {
            return place(path).toString();
        }

        private Path place(VirtualPath path) {
            return names.below(folder, path);
        }

        @Override
        public Transfer transfer(SyncSteps.Copy copy) {
            var place = copy.old()
                    .flatMap(SyncItem::here)
                    .map(LocalContent.OfFile::path)
                    .orElseGet(() -> place(copy.path()));
            var entry = copy.from().there().orElseThrow();
            return new GetFile(
                    RemoteTree.below(source, copy.path()),
                    entry,
                    place,
                    copy.old().isPresent());
        }

        @Override
        public void make(SyncSteps.Folder made) throws IOException {
            Files.createDirectories(place(made.path()));
        }

        @Override
        public void remove(SyncSteps.Removal removal) throws IOException {
            var place = removal.item().here().map(LocalContent.OfFile::path).orElseGet(() -> place(removal.path()));
            try {
                Files.deleteIfExists(place);
            } catch (DirectoryNotEmptyException filled) {
                throw notEmpty(place, filled);
            }
        }

        private static FaultException notEmpty(Path place, IOException filled) {
            return Fault.NOT_EMPTY.because("not empty, so it stays: " + place, filled);
        }

        @Override
        public void end(List<SyncSteps.Folder> made) throws IOException {
            for (var each : made.reversed()) {
                Optional<FileTime> time = each.from().modified().map(FileTime::from);
                if (time.isPresent()) {
                    Files.setLastModifiedTime(place(each.path()), time.get());
                }
            }
        }
    }
}
