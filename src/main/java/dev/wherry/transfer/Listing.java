package dev.wherry.transfer;

import dev.wherry.fault.FaultException;
import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.Listable;
import dev.wherry.storage.backend.Backend;
import dev.wherry.storage.backend.Entry;
import dev.wherry.storage.backend.Folder;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A folder being listed, in its own order; when asked to, with everything below it, each folder before what is in it.
 * It holds one batch for each level, so that memory depends on neither the size nor the shape of the tree. One call at
 * a time.
 */
public final class Listing {
    /** What one takes with all that its reader has not read: a batch of entries, and the text that it becomes. */
    static final long MEMORY = 256 * 1024;

    /** Entries that are read at once; fewer in each folder below, so that depth costs little. */
    private static final int BATCH = 256;

    private static final int LEAST_BATCH = 16;

    /** Of paths, in characters, after which a batch is long enough. */
    private static final int BATCH_CHARS = 32 * 1024;

    private final Backend backend;
    private final Listable listable;
    private final VirtualPath top;
    private final boolean recursive;
    private final AnswerMemory.Share memory;
    /** The folders that are open, the deepest first. */
    private final Deque<Level> levels = new ArrayDeque<>();

    private boolean isClosed;

    Listing(Backend backend, Listable listable, boolean recursive, Folder opened, AnswerMemory.Share memory) {
        this.backend = backend;
        this.listable = listable;
        this.top = listable.folder();
        this.recursive = recursive;
        this.memory = memory;
        levels.push(new Level(top, opened));
    }

    /**
     * @param path below the folder that is listed
     * @param unread of a folder that was to be descended into and could not be: why; it is then told as refused
     */
    public record Found(String path, Entry entry, Optional<FaultException> unread) {
        private Found unread(FaultException why) {
            var reason = "what is in it cannot be listed: " + why.getMessage();
            var refused = new Entry(
                    entry.name(),
                    Kind.REFUSED,
                    0,
                    entry.modified(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(reason));
            return new Found(path, refused, Optional.of(why));
        }
    }

    /** The next entries that may be shown; none at the end. */
    public Future<List<Found>> next() {
        return Batches.first(this::look, levels::isEmpty);
    }

    private Future<List<Found>> look() {
        var level = levels.getFirst();
        if (level.waiting.hasNext()) {
            return take(level);
        }
        return level.opened.next(Math.max(LEAST_BATCH, BATCH / levels.size())).map(batch -> {
            level.waiting = batch.iterator();
            if (batch.isEmpty() && levels.remove(level)) {
                level.opened.close();
            }
            return List.of();
        });
    }

    /** What waits on this level and may be shown, up to the next folder to be descended into. */
    private Future<List<Found>> take(Level level) {
        var found = new ArrayList<Found>();
        int chars = 0;
        while (level.waiting.hasNext() && chars < BATCH_CHARS) {
            var entry = level.waiting.next();
            if (!listable.shows(level.folder, entry)) {
                continue;
            }
            var next = new Found(level.nameBelow(top, entry), entry, Optional.empty());
            chars += next.path().length();
            if (recursive && entry.kind() == Kind.FOLDER) {
                return descend(level.folder.child(entry.name())).map(unread -> {
                    found.add(unread.map(next::unread).orElse(next));
                    return found;
                });
            }
            found.add(next);
        }
        return Future.succeededFuture(found);
    }

    /**
     * Answers why a folder cannot be looked into. That must be told: who takes it for empty may remove elsewhere what
     * it holds. One that vanished meanwhile holds nothing. What may pass, such as too many open files, ends the whole
     * listing, so that it is asked for again.
     */
    private Future<Optional<FaultException>> descend(VirtualPath folder) {
        return backend.list(folder)
                .map(opened -> {
                    if (isClosed) {
                        opened.close();
                    } else {
                        levels.push(new Level(folder, opened));
                    }
                    return Optional.<FaultException>empty();
                })
                .recover(failure -> {
                    var why = FaultException.of(failure);
                    return switch (why.fault()) {
                        case NOT_FOUND, NO_FOLDER -> Future.succeededFuture(Optional.empty());
                        case NOT_FOLDER, REFUSED_ENTRY, DENIED, DISK_FAILED, BAD_NAME ->
                            Future.succeededFuture(Optional.of(why));
                        default -> Future.failedFuture(failure);
                    };
                });
    }

    /** Lets go of what is open, and of what is being opened. Can be called twice. */
    public void close() {
        isClosed = true;
        while (!levels.isEmpty()) {
            levels.pop().opened.close();
        }
        memory.close();
    }

    /** One folder that is being read. */
    private static final class Level {
        private final VirtualPath folder;
        private final Folder opened;
        private Iterator<Entry> waiting = List.<Entry>of().iterator();

        private Level(VirtualPath folder, Folder opened) {
            this.folder = folder;
            this.opened = opened;
        }

        /** Names that no path can hold are shown as they are, behind the path of their folder. */
        private String nameBelow(VirtualPath top, Entry entry) {
            var above = folder.segments()
                    .subList(top.segments().size(), folder.segments().size());
            return above.isEmpty() ? entry.name() : String.join("/", above) + "/" + entry.name();
        }
    }
}
