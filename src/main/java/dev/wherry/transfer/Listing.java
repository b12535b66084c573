package dev.wherry.transfer;

import dev.wherry.storage.Listable;
import dev.wherry.storage.backend.Entry;
import dev.wherry.storage.backend.Folder;
import io.vertx.core.Future;
import java.util.List;

/** One folder being listed, in the folder's own order and in bounded memory. One call at a time. */
public final class Listing {
    private static final int BATCH = 256;

    private final Listable listable;
    private final Folder folder;

    Listing(Listable listable, Folder folder) {
        this.listable = listable;
        this.folder = folder;
    }

    /** The next entries that may be shown; none at the end. */
    public Future<List<Entry>> next() {
        return folder.next(BATCH).compose(batch -> {
            var shown = batch.stream().filter(listable::shows).toList();
            return batch.isEmpty() || !shown.isEmpty() ? Future.succeededFuture(shown) : next();
        });
    }

    /** Lets go of the folder. Can be called twice. */
    public void close() {
        folder.close();
    }
}
