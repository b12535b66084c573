package dev.wherry.cli.shell;

import dev.wherry.cli.Access;
import dev.wherry.cli.Cli;
import dev.wherry.cli.CommandHost;
import dev.wherry.cli.Outlook;
import dev.wherry.cli.PasswordReset;
import dev.wherry.cli.Surroundings;
import dev.wherry.client.ServerAddress;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Which server the commands of the shell mean, and who one is there. */
final class Session {
    private static final String USUAL_PORT = ":" + ServerAddress.USUAL_PORT;
    private static final int DONE = 0;
    private static final int INTERRUPTED = 130;

    private final Surroundings outside;
    private final PasswordReset reset;
    private final Connections connections;
    private final Whereabouts where;

    /** What the environment says to commands: the same as outside, until a server is meant. */
    private volatile Map<String, String> environment;

    /** How one is let in there. */
    private volatile Access access = new Access();

    private boolean aimed;
    private Optional<String> user = Optional.empty();

    /** @param outside what the shell found around itself, with a screen of its own */
    Session(Surroundings outside, PasswordReset reset, Connections connections, Whereabouts where) {
        this.outside = outside;
        this.reset = reset;
        this.connections = connections;
        this.where = where;
        this.environment = outside.environment();
    }

    /** The commands, of which one is run. */
    Cli cli(CommandHost host) {
        return new Cli(around(host), reset);
    }

    Outlook outlook(CommandHost host) {
        return new Outlook(around(host), access);
    }

    private Surroundings around(CommandHost host) {
        return new Surroundings(outside.screen(), environment, outside.windows(), host);
    }

    /** What a process of its own would have to find to run a command of this shell. */
    Map<String, String> environment() {
        return environment;
    }

    boolean isConnected() {
        return user.isPresent();
    }

    /** Such as {@code anna@files.example.org}; nothing where nobody is logged in. */
    Optional<String> named() {
        return user.map(name -> name + "@" + server().orElse(""));
    }

    /** The one that is meant, without its port where that is the usual one. */
    Optional<String> server() {
        return Optional.ofNullable(environment.get("WHERRY_SERVER"))
                .map(address -> address.endsWith(USUAL_PORT)
                        ? address.substring(0, address.length() - USUAL_PORT.length())
                        : address);
    }

    /**
     * Connects to a server and logs in there, asking for what is not known; answers the number for how it ended. Where
     * that fails, one stays with the server that one was at.
     */
    int connect(CommandHost host, Access options, Optional<String> place) {
        var said = environment;
        var letIn = access;
        var name = user;
        var aside = connections.setAside();
        user = Optional.empty();
        aimed = false;
        int code = attempt(host, options, place);
        if (code == DONE || name.isEmpty()) {
            Connections.close(aside);
            where.forgetThere();
            return code;
        }
        connections.bringBack(aside);
        mean(said, letIn);
        user = name;
        outside.screen().note("still connected to " + named().orElse(""));
        return code;
    }

    private int attempt(CommandHost host, Access options, Optional<String> place) {
        try {
            aim(options, place);
            return arrive(host);
        } catch (CancellationException unanswered) {
            return INTERRUPTED;
        } catch (IOException | RuntimeException failure) {
            return cli(host).told(failure);
        }
    }

    /** The same server again, where the last attempt failed; nothing where one is there. */
    int arriveIfNeeded(CommandHost host) {
        if (isConnected()) {
            return DONE;
        }
        try {
            if (!aimed) {
                throw Fault.LOGIN_REQUIRED.because("not connected: login [USER@]HOST, or connect HOST [PORT]");
            }
            return arrive(host);
        } catch (IOException | RuntimeException failure) {
            return cli(host).told(failure);
        }
    }

    /** From now on nobody is logged in anywhere. */
    void forget() {
        connections.closeFree();
        user = Optional.empty();
        aimed = false;
        where.forgetThere();
    }

    private void aim(Access options, Optional<String> place) throws IOException {
        try {
            mean(options.environment(outside, place), options);
        } catch (FaultException unknown) {
            if (unknown.fault() != Fault.LOGIN_REQUIRED || !outside.screen().isInteractive()) {
                throw unknown;
            }
            var server = outside.screen()
                    .ask("Server, as [USER@]HOST[:PORT]: ")
                    .map(String::strip)
                    .orElseThrow(CancellationException::new);
            if (server.isEmpty()) {
                throw unknown;
            }
            mean(options.environment(outside, Optional.of(server)), options);
        }
    }

    private void mean(Map<String, String> said, Access options) {
        environment = said;
        access = options;
        aimed = true;
    }

    private int arrive(CommandHost host) throws IOException {
        String name;
        try {
            name = outlook(host).user();
        } catch (FaultException refused) {
            if (!isAskable(refused)) {
                throw refused;
            }
            int code = cli(host).run("login");
            if (code != DONE) {
                return code;
            }
            name = outlook(host).user();
        }
        user = Optional.of(name);
        // Whoever logs in elsewhere meanwhile changes nothing here.
        var pinned = new HashMap<>(environment);
        pinned.put("WHERRY_USER", name);
        mean(Map.copyOf(pinned), new Access());
        return DONE;
    }

    /** Nothing is known to log in with, or no longer. */
    private boolean isAskable(FaultException refused) {
        return outside.screen().isInteractive()
                && (refused.fault() == Fault.LOGIN_REQUIRED || refused.fault() == Fault.SESSION_ENDED);
    }
}
