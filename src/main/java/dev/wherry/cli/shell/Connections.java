package dev.wherry.cli.shell;

import dev.wherry.cli.CommandHost;
import dev.wherry.client.Connection;
import dev.wherry.client.Traffic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps connections between commands, logged in: one for what is asked, others for files, so that nothing asked waits
 * for a file. Any thread may borrow.
 */
final class Connections {
    /** As many as a command uses at once unless it says more. */
    private static final int MOST_FOR_TRANSFERS = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Consumer<String> notes;
    private final List<Free> free = new ArrayList<>();

    /** Each with whoever has it. */
    private final Map<Connection, Object> lent = new HashMap<>();

    /** @param notes is told when a connection was lost while nobody used it */
    Connections(Consumer<String> notes) {
        this.notes = notes;
    }

    /** One that is free and whose server answers, else a new one; closing it gives it back. */
    Connection borrow(Object owner, CommandHost.Line line, CommandHost.Opening opening) throws IOException {
        boolean lost = false;
        for (var kept = takeFree(line); kept != null; kept = takeFree(line)) {
            if (kept.answers(PATIENCE)) {
                return lend(owner, line, kept);
            }
            lost = true;
        }
        if (lost && line.traffic() == Traffic.TALK) {
            notes.accept("the connection to " + line.server() + " was lost; connecting again");
        }
        return lend(owner, line, opening.open());
    }

    private synchronized @Nullable Connection takeFree(CommandHost.Line line) {
        for (var each : free) {
            if (each.line.equals(line)) {
                free.remove(each);
                return each.connection;
            }
        }
        return null;
    }

    private synchronized Connection lend(Object owner, CommandHost.Line line, Connection connection) {
        lent.put(connection, owner);
        return connection.lent(() -> takeBack(line, connection));
    }

    private synchronized void takeBack(CommandHost.Line line, Connection connection) {
        if (lent.remove(connection) == null) {
            return;
        }
        long alike = free.stream().filter(each -> each.line.equals(line)).count();
        if (connection.isInStep() && alike < (line.traffic() == Traffic.TALK ? 1 : MOST_FOR_TRANSFERS)) {
            free.add(new Free(line, connection));
        } else {
            connection.close();
        }
    }

    /** Ends what runs on the connections of one owner: whoever waits for an answer hears that there will be none. */
    synchronized void cut(Object owner) {
        lent.entrySet().removeIf(each -> {
            boolean own = each.getValue().equals(owner);
            if (own) {
                each.getKey().close();
            }
            return own;
        });
    }

    synchronized void closeFree() {
        close(free);
        free.clear();
    }

    /** The free ones, which nobody borrows until they are brought back; {@link #close} ends them. */
    synchronized List<Free> setAside() {
        var aside = List.copyOf(free);
        free.clear();
        return aside;
    }

    /** In place of those that have come meanwhile. */
    synchronized void bringBack(List<Free> aside) {
        closeFree();
        free.addAll(aside);
    }

    static void close(List<Free> connections) {
        connections.forEach(each -> each.connection.close());
    }

    /** Of one server, for one user. */
    record Free(CommandHost.Line line, Connection connection) {}
}
