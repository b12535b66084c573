package dev.wherry.client;

import dev.wherry.fault.FaultException;
import java.io.IOException;

/**
 * The connection was lost in the middle of an upload, or what a pipe brings cannot go on; the server keeps what it has.
 */
public final class UploadCutException extends IOException {
    private static final long serialVersionUID = 1;

    private final String upload;
    private final long durable;

    UploadCutException(String upload, long durable, Throwable cause) {
        this("the connection was lost in the middle of an upload", upload, durable, cause);
    }

    private UploadCutException(String message, String upload, long durable, Throwable cause) {
        super(message, cause);
        this.upload = upload;
        this.durable = durable;
    }

    /** What has gone through a pipe is not there any more to be sent again. */
    static UploadCutException ofPipe(String upload, long durable, Throwable cause) {
        var why = cause instanceof FaultException refused ? refused.getMessage() : "the connection was lost";
        return new UploadCutException(why + ", and a pipe cannot be read again", upload, durable, cause);
    }

    /** The id by which the server knows the upload. */
    public String upload() {
        return upload;
    }

    /** How many bytes the server last said would survive a power cut. */
    public long durable() {
        return durable;
    }
}
