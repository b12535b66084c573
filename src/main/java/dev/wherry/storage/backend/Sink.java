package dev.wherry.storage.backend;

import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where the bytes of one upload go. What is written is invisible to every verb until {@link Backend#publish}; it is
 * hashed as it is written, in order, so that sealing costs no second read.
 *
 * <p>One owner calls it from one context; calls may overlap, their effects happen in the order of the calls, but for
 * {@link #sync}, which runs beside later writes. After a failure every further call fails with the same fault but
 * {@link #close}.
 */
public interface Sink {
    UploadId upload();

    /** How many bytes were there when it was opened: where the first write goes. */
    long offset();

    /**
     * Appends bytes. The buffers belong to the sink until the future completes, and are consumed.
     *
     * @return done when the bytes are hashed and handed to the system; {@code no-space} or {@code disk-failed} else
     */
    Future<Void> write(List<ByteBuffer> bytes);

    /**
     * Remembers how far it is by now, for {@link #back}; one mark at a time, and no sync while it counts. Until then
     * {@link Backend#held} knows of no more.
     */
    Future<Void> mark();

    /**
     * Keeps what was written after the {@link #mark}, which no longer counts.
     *
     * @return done when all that was written before is handed to the system
     */
    Future<Void> keep();

    /**
     * Forgets what was written after the {@link #mark}, which no longer counts.
     *
     * @return where the next write goes
     */
    Future<Long> back();

    /**
     * Makes durable what was written before the call, without holding up later writes.
     *
     * @return the offset up to which bytes would now survive a power cut. A failure is never tried again: the system
     *     may have dropped the pages and would say "fine" the second time
     */
    Future<Long> sync();

    /**
     * Ends the content: compares length and digest with what the sender promised, sets time and mode, records version
     * and digest with the file, and makes all of it durable. Nothing can be written after it.
     *
     * @return what was stored; {@code wrong-size} or {@code wrong-digest} when it is not what was promised, and then
     *     the bytes are of no further use
     */
    Future<Sealed> seal(Seal promised);

    /** Lets go of the bytes but keeps them, for a later resume or {@link Backend#publish}. Can be called twice. */
    Future<Void> close();
}
