package dev.wherry.cli;

import dev.wherry.client.Connection;
import dev.wherry.client.ServerAddress;
import dev.wherry.client.Traffic;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.List;

/**
 * What commands run in: a process for each ({@link #PROCESS}), or a shell for many, which has folders of its own on
 * both sides, keeps connections open, and lives on after Ctrl-C.
 */
public interface CommandHost {
    CommandHost PROCESS = new OwnProcess();

    /** A path of this machine as typed, as one that the process understands. */
    String here(String typed);

    /** The same of what may be a glob, where the system's shell has not seen it. */
    List<String> expanded(String typed);

    /** What was typed for a place on either side, as the command line has it: {@code :/path} is on the server. */
    String place(String typed);

    /** The same where only a place on the server can be meant. */
    String remote(String typed);

    /** A connection on which somebody is logged in, for whoever closes it: a new one, or one that is free. */
    Connection connected(Line line, Opening opening) throws IOException;

    /**
     * Calls this at Ctrl-C, on a thread of its own, until it is closed.
     *
     * @param stop returns when all is stopped, or will not be
     */
    Heed heeding(Runnable stop);

    /** Whether Ctrl-C was what ended the command, so that nothing need be told of how it failed. */
    boolean isInterrupted();

    record Line(ServerAddress server, Request login, Traffic traffic) {}

    interface Opening {
        Connection open() throws IOException;
    }

    interface Heed extends AutoCloseable {
        @Override
        void close();
    }
}
