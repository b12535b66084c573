package dev.wherry.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** A file that is small enough to go through a {@link Pipeline}, and tells its own outcome. */
public sealed interface Small permits SmallUpload, SmallDownload {
    /** In bytes: larger files have connections of their own. */
    int LARGEST = Chunk.PAYLOAD;

    /**
     * Writes all that goes to the server, or nothing when that fails.
     *
     * @param chunk to work with
     */
    void write(ByteArrayOutputStream out, Chunk chunk) throws IOException;

    /**
     * Reads all that is answered, and tells the outcome.
     *
     * @throws IOException when the connection is lost, or can serve no more: the file may go again through another
     * @throws dev.wherry.fault.FaultException when the server answers what no server may: the file has failed, and the
     *     connection cannot be used any more
     */
    void read(Wire wire) throws IOException;

    /** Something at this end failed before anything was asked. */
    void failed(Exception failure);

    /** Who is told how it went, on a thread of the pipeline's. */
    interface Told<T> {
        void done(T result);

        void failed(Exception failure);
    }
}
