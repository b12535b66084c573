package dev.wherry.cli;

import dev.wherry.client.Connection;
import dev.wherry.client.Patience;
import dev.wherry.client.Persistent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection of a command to its server; made when it is needed, and again when it was lost. For one thread. */
final class Line implements Persistent.Link, AutoCloseable {
    private final Surroundings around;
    private final Access access;
    private final Place.Remote place;
    private final boolean transfers;
    private @Nullable Connection connection;

    Line(Surroundings around, Access access, Place.Remote place) {
        this(around, access, place, false);
    }

    private Line(Surroundings around, Access access, Place.Remote place, boolean transfers) {
        this.around = around;
        this.access = access;
        this.place = place;
        this.transfers = transfers;
    }

    /** The same, of a command that carries files. */
    Line forTransfers() {
        return new Line(around, access, place, true);
    }

    /** Another connection to the same server, for the same user. */
    Line another() {
        return new Line(around, access, place, transfers);
    }

    CommandHost host() {
        return around.host();
    }

    Place.Remote place() {
        return place;
    }

    /** Carries files over although the connection is lost on the way. */
    Persistent persistent() {
        return new Persistent(this, Patience.usual());
    }

    /** Logged in. */
    @Override
    public Connection get() throws IOException {
        var current = connection;
        if (current == null || !current.isOpen()) {
            current = access.connect(around, place, transfers);
            connection = current;
        }
        return current;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
    }
}
