package dev.wherry.cli;

import dev.wherry.client.Connection;
import dev.wherry.client.Patience;
import dev.wherry.client.Persistent;
import dev.wherry.client.Traffic;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection of a command to its server; made when it is needed, and again when it was lost. For one thread. */
final class Line implements Persistent.Link, AutoCloseable {
    private final Surroundings around;
    private final Access access;
    private final Place.Remote place;
    private final Traffic traffic;
    private @Nullable Connection connection;

    Line(Surroundings around, Access access, Place.Remote place) {
        this(around, access, place, Traffic.TALK);
    }

    private Line(Surroundings around, Access access, Place.Remote place, Traffic traffic) {
        this.around = around;
        this.access = access;
        this.place = place;
        this.traffic = traffic;
    }

    /** The same, of a command that carries files. */
    Line forTransfers() {
        return new Line(around, access, place, Traffic.FILES);
    }

    /** Another connection to the same server, for the same user. */
    Line another() {
        return new Line(around, access, place, traffic);
    }

    CommandHost host() {
        return around.host();
    }

    /** The words of a command line that led here; none where they were not needed. */
    List<String> said() {
        return access.said(place);
    }

    /** A command as it is typed where this one was. */
    String typed(String command) {
        return around.typed(command);
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
            current = access.connect(around, place, traffic);
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
