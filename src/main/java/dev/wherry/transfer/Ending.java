package dev.wherry.transfer;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.storage.StorageRequest.Fate;
import dev.wherry.storage.backend.Sink;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.Optional;

/** What an upload's bad end means for the bytes that came. */
final class Ending {
    private Ending() {}

    /** What is not what was promised is of no use; behind what the disk failed to keep nothing may be believed. */
    static Fate fate(FaultException why) {
        return switch (why.fault()) {
            case WRONG_DIGEST, WRONG_SIZE, TOO_LARGE -> Fate.DROP;
            case DISK_FAILED -> Fate.SUSPECT;
            default -> Fate.KEEP;
        };
    }

    /** The same where the disk has failed since: what is kept may not be believed. */
    static Fate behindBadDisk(Fate fate) {
        return fate == Fate.KEEP ? Fate.SUSPECT : fate;
    }

    /**
     * Why it ends: what the disk failed to do matters more than why it was to be stopped.
     *
     * @param settled how the writing of what had come went
     */
    static FaultException graver(FaultException why, AsyncResult<?> settled) {
        return Optional.ofNullable(settled.cause())
                .map(FaultException::of)
                .filter(failure -> failure.fault() == Fault.DISK_FAILED)
                .orElse(why);
    }

    /**
     * Lets go of the bytes, whether or not the disk still works.
     *
     * @param keepers of those that are kept: they are made durable first, so that whoever asks how far it is hears
     *     where a resume goes on
     * @param received bytes that came
     */
    static Future<Void> settle(Optional<Checkpoints> keepers, long received, Optional<Sink> sink) {
        return keepers.map(checkpoints -> checkpoints.last(received))
                .orElse(Future.succeededFuture())
                .transform(settled -> sink.map(Sink::close).orElse(Future.succeededFuture()));
    }
}
