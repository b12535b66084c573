package dev.wherry.storage.backend.disk;

import dev.wherry.fault.Fault;
import dev.wherry.path.Etag;
import dev.wherry.path.Precondition;
import dev.wherry.storage.backend.Entry;
import dev.wherry.storage.backend.Parents;
import dev.wherry.storage.backend.UploadId;
import java.util.Optional;

/** Gives sealed uploads their names. */
final class Publishing {
    private final Tree tree;
    private final FolderMaker folders;
    private final Staging staging;

    Publishing(Tree tree, FolderMaker folders, Staging staging) {
        this.tree = tree;
        this.folders = folders;
        this.staging = staging;
    }

    Entry publish(Change change, UploadId upload, Precondition expected, Parents parents) {
        var target = change.path();
        if (target.isRoot()) {
            throw Fault.IS_FOLDER.because("\"/\" is the served folder itself, and a file was wanted");
        }
        var place = folders.place(change, target, parents);
        if (staging.look(upload).isEmpty()) {
            return published(change, upload, place);
        }
        requireSealed(upload);
        place.take(staging.folder(), Staging.name(upload), expected);
        change.touch(staging.folder());
        change.touch(place.folder());
        change.rely(target);
        return place.entry(place.lookForEntry());
    }

    /** The content is safe already, for it was sealed before it had this name; whether the name is, is not known. */
    private Entry published(Change change, UploadId upload, Place place) {
        var entry = place.lookForFile()
                .filter(there -> there.etag()
                        .filter(tag -> tag.value().equals(upload.value()))
                        .isPresent())
                .orElseThrow(() -> Fault.NOT_FOUND.because("there is no upload " + upload + " to be published"));
        change.touch(staging.folder());
        change.touch(place.folder());
        change.rely(place.path());
        return entry;
    }

    private void requireSealed(UploadId upload) {
        var attributes = tree.attributes();
        if (!attributes.kept()) {
            return;
        }
        var name = Staging.name(upload);
        var stat = staging.folder().stat(name);
        var sealed = attributes.read(staging.folder(), name).filter(seal -> seal.agreesWith(stat));
        if (!sealed.map(VersionAttribute::version).equals(Optional.of(new Etag(upload.value())))) {
            throw Fault.INTERNAL.because("upload " + upload + " is to be published and not sealed");
        }
    }
}
