package dev.wherry.cli.shell;

import dev.wherry.cli.Access;
import dev.wherry.cli.Cli;
import dev.wherry.cli.Outlook;
import dev.wherry.cli.PasswordReset;
import dev.wherry.cli.Surroundings;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which server the commands of the shell mean, and who one is there. */
final class Session {
    private static final String USUAL_PORT = ":4451";
    private static final int DONE = 0;

    private final Surroundings outside;
    private final PasswordReset reset;
    private final Connections connections;
    private final Whereabouts where;

    /** What commands find around themselves: the same as outside, until a server is meant. */
    private Surroundings around;

    private Cli cli;
    private Outlook outlook;
    private boolean aimed;
    private Optional<String> user = Optional.empty();

    /** @param outside what the shell found around itself, with a screen and a host of its own */
    Session(Surroundings outside, PasswordReset reset, Connections connections, Whereabouts where) {
        this.outside = outside;
        this.reset = reset;
        this.connections = connections;
        this.where = where;
        this.around = outside;
        this.cli = new Cli(outside, reset);
        this.outlook = new Outlook(outside, new Access());
    }

    Cli cli() {
        return cli;
    }

    Outlook outlook() {
        return outlook;
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
        return around.variable("WHERRY_SERVER")
                .map(address -> address.endsWith(USUAL_PORT)
                        ? address.substring(0, address.length() - USUAL_PORT.length())
                        : address);
    }

    /** Connects to a server and logs in there, asking for what is not known; answers the number for how it ended. */
    int connect(Access access, Optional<String> place) {
        forget();
        try {
            aim(access, place);
            return arrive();
        } catch (IOException | RuntimeException failure) {
            return cli.told(failure);
        }
    }

    /** The same server again, where the last attempt failed; nothing where one is there. */
    int arriveIfNeeded() {
        if (isConnected()) {
            return DONE;
        }
        try {
            if (!aimed) {
                throw Fault.LOGIN_REQUIRED.because("not connected: login [USER@]HOST, or connect HOST [PORT]");
            }
            return arrive();
        } catch (IOException | RuntimeException failure) {
            return cli.told(failure);
        }
    }

    /** From now on nobody is logged in anywhere. */
    void forget() {
        connections.closeFree();
        user = Optional.empty();
        aimed = false;
        where.forgetThere();
    }

    private void aim(Access access, Optional<String> place) throws IOException {
        try {
            mean(access.environment(outside, place), access);
        } catch (FaultException unknown) {
            if (unknown.fault() != Fault.LOGIN_REQUIRED || !outside.screen().isInteractive()) {
                throw unknown;
            }
            var server = outside.screen()
                    .ask("Server, as [USER@]HOST[:PORT]: ")
                    .map(String::strip)
                    .filter(text -> !text.isEmpty());
            mean(access.environment(outside, Optional.of(server.orElseThrow(() -> unknown))), access);
        }
    }

    private void mean(Map<String, String> environment, Access access) {
        around = new Surroundings(outside.screen(), environment, outside.windows(), outside.host());
        cli = new Cli(around, reset);
        outlook = new Outlook(around, access);
        aimed = true;
    }

    private int arrive() throws IOException {
        String name;
        try {
            name = outlook.user();
        } catch (FaultException refused) {
            if (!isAskable(refused)) {
                throw refused;
            }
            int code = cli.run("login");
            if (code != DONE) {
                return code;
            }
            name = outlook.user();
        }
        user = Optional.of(name);
        // Whoever logs in elsewhere meanwhile changes nothing here.
        var pinned = new HashMap<>(around.environment());
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
