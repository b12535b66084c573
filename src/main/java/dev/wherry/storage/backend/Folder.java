package dev.wherry.storage.backend;

import io.vertx.core.Future;
import java.util.List;

/** A folder being read, in its own order, in bounded memory. One owner calls it, one call at a time. */
public interface Folder {
    /** The next entries, at most {@code limit}; none at the end. Entries that vanish meanwhile are left out. */
    Future<List<Entry>> next(int limit);

    /** Lets go of the folder. Can be called twice. */
    void close();
}
