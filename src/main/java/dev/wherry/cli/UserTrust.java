package dev.wherry.cli;

import dev.wherry.client.Fingerprint;
import dev.wherry.client.PinStore;
import dev.wherry.client.ServerAddress;
import dev.wherry.client.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Believes what was said on the command line or in the environment, else what is written down from an earlier time,
 * else the person at the terminal; what they accept is written down.
 */
final class UserTrust implements Trust {
    private final Optional<Pin> said;
    private final boolean acceptNew;
    private final PinStore store;
    private final Screen screen;

    UserTrust(Optional<Pin> said, boolean acceptNew, PinStore store, Screen screen) {
        this.said = said;
        this.acceptNew = acceptNew;
        this.store = store;
        this.screen = screen;
    }

    @Override
    public Optional<Pin> pin(ServerAddress server) {
        return said.or(() -> saved(server));
    }

    private Optional<Pin> saved(ServerAddress server) {
        try {
            return store.find(server);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the known servers cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    @Override
    public boolean accepts(ServerAddress server, Fingerprint seen) {
        if (!acceptNew && !(screen.isInteractive() && isAccepted(server, seen))) {
            return false;
        }
        keep(server, seen);
        if (acceptNew) {
            screen.note("new server " + server + ": its key " + seen + " is kept");
        }
        return true;
    }

    private boolean isAccepted(ServerAddress server, Fingerprint seen) {
        screen.note(server + " is new here. The SHA-256 of its public key is\n  " + seen);
        // Whatever else is typed answers another question, and is no refusal.
        while (true) {
            var answer = screen.ask("Is this what the server printed at its start? [y]es [n]o ");
            switch (answer.map(word -> word.strip().toLowerCase(Locale.ROOT)).orElse("n")) {
                case "y", "yes" -> {
                    return true;
                }
                case "n", "no", "" -> {
                    return false;
                }
                default -> screen.note("y or n?");
            }
        }
    }

    /** Writes down a key that the user has vouched for. */
    void keep(ServerAddress server, Fingerprint fingerprint) {
        try {
            store.save(server, fingerprint);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("the server's key cannot be kept: " + unwritable.getMessage(), unwritable);
        }
    }
}
