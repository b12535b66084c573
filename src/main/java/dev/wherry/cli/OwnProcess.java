package dev.wherry.cli;

import dev.wherry.client.Connection;
import java.io.IOException;
import java.util.List;

/** One command, which has the process to itself: names are what the system says, and Ctrl-C ends it. */
final class OwnProcess implements CommandHost {
    @Override
    public String here(String typed) {
        return typed;
    }

    @Override
    public List<String> expanded(String typed) {
        return List.of(typed);
    }

    @Override
    public String place(String typed) {
        return typed;
    }

    @Override
    public String remote(String typed) {
        return typed;
    }

    @Override
    public Connection connected(Line line, Opening opening) throws IOException {
        return opening.open();
    }

    @Override
    public Heed heeding(Runnable stop) {
        var hook = new Thread(stop, "wherry-interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                // It runs already.
            }
        };
    }

    @Override
    public boolean isInterrupted() {
        return false;
    }
}
