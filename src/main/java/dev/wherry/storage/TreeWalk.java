package dev.wherry.storage;

import dev.wherry.fault.FaultException;
import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.Backend;
import dev.wherry.storage.backend.Entry;
import dev.wherry.storage.backend.Folder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.ObjLongConsumer;

/**
 * Says the size of every file at or below a name, once. It holds one folder open for each level; what vanishes
 * meanwhile is left out. Confined to the context on which it runs.
 */
final class TreeWalk {
    private static final int BATCH = 256;

    private final Backend backend;
    private final ObjLongConsumer<VirtualPath> onFile;
    /** The folders that are open, the deepest first. */
    private final Deque<Level> levels = new ArrayDeque<>();

    private final Promise<Void> done = Promise.promise();

    private TreeWalk(Backend backend, ObjLongConsumer<VirtualPath> onFile) {
        this.backend = backend;
        this.onFile = onFile;
    }

    /** Fails as {@link Backend#stat} does when there is nothing of this name. */
    static Future<Void> of(Backend backend, VirtualPath top, ObjLongConsumer<VirtualPath> onFile) {
        return backend.stat(top).compose(entry -> switch (entry.kind()) {
            case FILE -> {
                onFile.accept(top, entry.size());
                yield Future.succeededFuture();
            }
            case FOLDER -> new TreeWalk(backend, onFile).run(top);
            case REFUSED -> Future.succeededFuture();
        });
    }

    private Future<Void> run(VirtualPath top) {
        descend(top);
        return done.future().onComplete(ignored -> levels.forEach(level -> level.opened.close()));
    }

    private void descend(VirtualPath folder) {
        backend.list(folder)
                .onSuccess(opened -> {
                    levels.push(new Level(folder, opened));
                    step();
                })
                .onFailure(failure -> {
                    if (isGone(failure)) {
                        step();
                    } else {
                        done.tryFail(failure);
                    }
                });
    }

    private static boolean isGone(Throwable failure) {
        return switch (FaultException.of(failure).fault()) {
            case NOT_FOUND, NO_FOLDER, NOT_FOLDER, REFUSED_ENTRY -> true;
            default -> false;
        };
    }

    private void step() {
        var level = levels.peek();
        if (level == null) {
            done.tryComplete();
            return;
        }
        var next = level.folders.poll();
        if (next != null) {
            descend(next);
            return;
        }
        level.opened.next(BATCH).onFailure(done::tryFail).onSuccess(batch -> take(level, batch));
    }

    private void take(Level level, List<Entry> batch) {
        if (batch.isEmpty()) {
            levels.pop().opened.close();
        }
        for (var entry : batch) {
            if (entry.kind() == Kind.FILE) {
                onFile.accept(level.path.child(entry.name()), entry.size());
            } else if (entry.kind() == Kind.FOLDER) {
                level.folders.add(level.path.child(entry.name()));
            }
        }
        step();
    }

    /** One folder that is being read, and those in it that were found and not yet looked into. */
    private static final class Level {
        private final VirtualPath path;
        private final Folder opened;
        private final Deque<VirtualPath> folders = new ArrayDeque<>();

        private Level(VirtualPath path, Folder opened) {
            this.path = path;
            this.opened = opened;
        }
    }
}
