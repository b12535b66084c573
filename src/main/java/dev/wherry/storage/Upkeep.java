package dev.wherry.storage;

import dev.wherry.fault.FaultException;
import dev.wherry.path.Precondition;
import dev.wherry.storage.UploadTable.Intent;
import dev.wherry.storage.UploadTable.State;
import dev.wherry.storage.backend.Backend;
import dev.wherry.storage.backend.Parents;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts right what a crash left and removes what expired. All of it can be killed half-way and run again. Confined to
 * the context of the storage verticle.
 */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    /** Bytes that no row knows: younger ones may belong to a small upload that is running. */
    private static final Duration UNKNOWN_AFTER = Duration.ofHours(1);

    private final Backend backend;
    private final UploadTable table;
    private final Predicate<UploadId> active;

    Upkeep(Backend backend, UploadTable table, Predicate<UploadId> active) {
        this.backend = backend;
        this.table = table;
        this.active = active;
    }

    /** Before any door opens: what was being published is published, what was being sent is paused. */
    Future<Void> recover() {
        return table.pauseAll().compose(ignored -> table.interrupted()).compose(intents -> each(intents, this::finish));
    }

    /** Nobody is there whose rights could be asked: no folder is made, and without its folder an upload is kept. */
    private Future<Void> finish(Intent intent) {
        return backend.publish(intent.upload(), intent.path(), replaceable(intent), Parents.NONE)
                .compose(entry -> table.state(intent.upload(), State.DONE))
                .onSuccess(
                        ignored -> LOG.info("published {}, as upload {} had begun to", intent.path(), intent.upload()))
                .recover(failure -> {
                    tellKept(intent, FaultException.of(failure));
                    return table.state(intent.upload(), State.PAUSED);
                });
    }

    /** A row that says only that anything may be replaced is an earlier server's: nobody knows what was there then. */
    private static Precondition replaceable(Intent intent) {
        return intent.expected() instanceof Precondition.Any ? new Precondition.Absent() : intent.expected();
    }

    private static void tellKept(Intent intent, FaultException failure) {
        switch (failure.fault()) {
            case EXISTS, CHANGED ->
                LOG.warn(
                        "upload {} is not published as {}: what is there is not what it was to replace; it is kept",
                        intent.upload(),
                        intent.path());
            default ->
                LOG.warn("upload {} could not be published as {}; it is kept", intent.upload(), intent.path(), failure);
        }
    }

    /** Now and then: removes what expired, and bytes that no row knows. */
    Future<Void> sweep() {
        return table.expired()
                .compose(expired -> each(expired, this::remove))
                .compose(ignored -> backend.staged(UNKNOWN_AFTER))
                .compose(staged -> each(staged.stream().filter(active.negate()).toList(), this::removeIfUnknown))
                .onFailure(failure -> LOG.warn("sweeping unfinished uploads failed; it is tried again", failure));
    }

    private Future<Void> remove(UploadId upload) {
        return backend.discard(upload)
                .compose(ignored -> table.forget(upload))
                .recover(failure -> left(upload, failure));
    }

    private Future<Void> removeIfUnknown(UploadId upload) {
        return table.knows(upload)
                .compose(known -> known ? Future.succeededFuture() : backend.discard(upload))
                .recover(failure -> left(upload, failure));
    }

    /** One that cannot be removed holds up no other; the next sweep tries again. */
    private static Future<Void> left(UploadId upload, Throwable failure) {
        LOG.warn("upload {} could not be removed", upload, failure);
        return Future.succeededFuture();
    }

    /** One after the other, so that upkeep never crowds out the work of users. */
    private static <T> Future<Void> each(List<T> all, Function<T, Future<Void>> step) {
        Future<Void> done = Future.succeededFuture();
        for (var one : all) {
            done = done.compose(ignored -> step.apply(one));
        }
        return done;
    }
}
