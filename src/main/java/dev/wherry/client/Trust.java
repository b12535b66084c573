package dev.wherry.client;

import java.util.Optional;

/** Who decides whether a server is the one that its user means. */
public interface Trust {
    /** The key that this server must have, when one is known. */
    Optional<Pin> pin(ServerAddress server);

    /**
     * Whether a server is to be believed that is not pinned and whose certificate no authority vouches for. Asked
     * between two connections, so it may wait for a person.
     */
    boolean accepts(ServerAddress server, Fingerprint seen);

    /**
     * @param origin where the pin was written down, for the message that it does not fit: a file and its line, a flag
     */
    record Pin(Fingerprint fingerprint, String origin) {}
}
