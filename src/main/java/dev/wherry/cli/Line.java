package dev.wherry.cli;

import dev.wherry.client.Connection;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The connection of one command to its server; made when it is needed, and again when it was lost. */
final class Line implements AutoCloseable {
    private final Surroundings around;
    private final Access access;
    private final Place.Remote place;
    private @Nullable Connection connection;

    Line(Surroundings around, Access access, Place.Remote place) {
        this.around = around;
        this.access = access;
        this.place = place;
    }

    /** Logged in. */
    Connection get() throws IOException {
        var current = connection;
        if (current == null || !current.isOpen()) {
            current = access.connect(around, place);
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
