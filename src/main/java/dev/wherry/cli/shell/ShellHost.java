package dev.wherry.cli.shell;

import dev.wherry.cli.CommandHost;
import dev.wherry.client.Connection;
import dev.wherry.fault.Fault;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one command finds in the shell: its folders, its connections, and a Ctrl-C that ends the command and not the
 * shell. When the command is over it gets nothing more, should a part of it live on.
 */
final class ShellHost implements CommandHost, AutoCloseable {
    private final Whereabouts where;
    private final Connections connections;
    private final Set<Runnable> stops = ConcurrentHashMap.newKeySet();
    private volatile boolean interrupted;
    private volatile boolean over;

    ShellHost(Whereabouts where, Connections connections) {
        this.where = where;
        this.connections = connections;
    }

    /** Ctrl-C: transfers stop in order and say so; anything else, and what is told a second time, at once. */
    void interrupt() {
        boolean again = interrupted;
        interrupted = true;
        var orderly = List.copyOf(stops);
        if (again || orderly.isEmpty()) {
            connections.cut(this);
        } else {
            orderly.forEach(stop ->
                    Thread.ofPlatform().daemon().name("wherry-interrupted").start(stop));
        }
    }

    @Override
    public String here(String typed) {
        return where.here(typed);
    }

    @Override
    public List<String> expanded(String typed) {
        return where.expanded(typed);
    }

    @Override
    public String place(String typed) {
        return where.place(typed);
    }

    @Override
    public String remote(String typed) {
        return where.remote(typed);
    }

    @Override
    public Connection connected(Line line, Opening opening) throws IOException {
        if (over) {
            throw Fault.SESSION_ENDED.because("the command is over");
        }
        var connection = connections.borrow(this, line, opening);
        if (interrupted) {
            // Ctrl-C was quicker than the connection, and could not cut it.
            connection.close();
            throw new SocketException("interrupted");
        }
        return connection;
    }

    /** When the whole process is to end, they stop as they do without a shell. */
    @Override
    public Heed heeding(Runnable stop) {
        stops.add(stop);
        var ofProcess = PROCESS.heeding(stop);
        return () -> {
            stops.remove(stop);
            ofProcess.close();
        };
    }

    @Override
    public boolean isInterrupted() {
        return interrupted;
    }

    @Override
    public void close() {
        over = true;
        connections.cut(this);
    }
}
