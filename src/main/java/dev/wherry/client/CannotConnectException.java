package dev.wherry.client;

import java.io.IOException;

/**
 * There is no connection to the server, or there is none any more. The message says which server, and what to look at.
 */
public final class CannotConnectException extends IOException {
    private static final long serialVersionUID = 1;

    CannotConnectException(String message) {
        super(message);
    }

    CannotConnectException(String message, Throwable cause) {
        super(message, cause);
    }
}
