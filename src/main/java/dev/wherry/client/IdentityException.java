package dev.wherry.client;

import java.io.IOException;

/**
 * The server is not known, or not the one that it was. The message says both keys, and where the known one is written.
 */
public final class IdentityException extends IOException {
    private static final long serialVersionUID = 1;

    private IdentityException(String message) {
        super(message);
    }

    static IdentityException changed(ServerAddress server, Trust.Pin pin, Fingerprint seen) {
        return new IdentityException("THE IDENTITY OF " + server + " HAS CHANGED. "
                + "Somebody may be listening in, or the server has a new key.\n"
                + "  known    " + pin.fingerprint() + "\n"
                + "           (" + pin.origin() + ")\n"
                + "  now      " + seen + "\n"
                + "Nothing was sent. If its operator confirms the new key, remove the known one there "
                + "and log in again.");
    }

    static IdentityException unknown(ServerAddress server, Fingerprint seen) {
        return new IdentityException("the identity of " + server + " is not known: its key is " + seen + ".\n"
                + "Compare it with what the server printed at its start, then add --fingerprint " + seen
                + " (or WHERRY_FINGERPRINT), or --accept-new to believe it this first time.");
    }
}
