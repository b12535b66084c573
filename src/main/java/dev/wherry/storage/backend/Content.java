package dev.wherry.storage.backend;

import dev.wherry.path.Sha256;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * One version of a file, held open: it reads the same bytes to its end whatever becomes of the name. One owner calls it
 * from one context.
 */
public interface Content {
    /** The version that is open. */
    Entry entry();

    /**
     * Reads bytes at an offset; pieces of 256 KiB are the cheapest.
     *
     * <p>The buffer may be looked at freely, and then handed to one socket once: when that has sent it, its memory may
     * be lent to another read, and it must not be touched again. One that is never sent may simply be dropped.
     *
     * @return {@code length} bytes, fewer only at the end of the file, none beyond it; {@code disk-failed} when the
     *     system could not read; {@code changed} when somebody wrote into the file while it was open
     */
    Future<Buffer> read(long offset, int length);

    /**
     * Records the digest of this version where it was not known, if the file is still just this version. Best effort: a
     * file system that cannot keep it leaves it unrecorded.
     */
    Future<Void> record(Sha256 sha256);

    /** Lets go of the file. Can be called twice. */
    void close();
}
