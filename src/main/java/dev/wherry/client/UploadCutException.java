package dev.wherry.client;

import java.io.IOException;

/** The connection was lost in the middle of an upload; the server keeps what it has. */
public final class UploadCutException extends IOException {
    private static final long serialVersionUID = 1;

    private final String upload;
    private final long durable;

    UploadCutException(String upload, long durable, Throwable cause) {
        super("the connection was lost in the middle of an upload", cause);
        this.upload = upload;
        this.durable = durable;
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
