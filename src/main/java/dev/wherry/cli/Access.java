package dev.wherry.cli;

import dev.wherry.client.Connection;
import dev.wherry.client.Fingerprint;
import dev.wherry.client.LoginStore;
import dev.wherry.client.PinStore;
import dev.wherry.client.ServerAddress;
import dev.wherry.client.Traffic;
import dev.wherry.client.Trust;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/**
 * Which server, who one is there, and why it is believed: options win over the environment, the environment over what
 * was saved. What the environment says of one server is never shown to another.
 */
public final class Access {
    private static final String SERVER = "WHERRY_SERVER";

    /** Variables that speak of one server. */
    private static final Set<String> OF_ONE_SERVER =
            Set.of("WHERRY_USER", "WHERRY_PASSWORD_FILE", "WHERRY_TOKEN_FILE", "WHERRY_FINGERPRINT");

    @Option(
            names = "--server",
            paramLabel = "[USER@]HOST[:PORT]",
            description = "The server that is meant where none is named; else $WHERRY_SERVER, else the last login.")
    Optional<String> server = Optional.empty();

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256:…",
            description = "The server's key, as it prints it at its start; else $$WHERRY_FINGERPRINT, else as saved.")
    Optional<String> fingerprint = Optional.empty();

    @Option(names = "--accept-new", description = "Believe a server that is new here, and keep its key.")
    boolean acceptNew;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Log in with the password in this file, for this once (only login keeps the session); else"
                    + " $$WHERRY_PASSWORD_FILE.")
    Optional<Path> passwordFile = Optional.empty();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Log in with the token in this file, for this once (only login keeps it); else"
                    + " $$WHERRY_TOKEN_FILE.")
    Optional<Path> tokenFile = Optional.empty();

    /**
     * A connection on which the user of this place is logged in.
     *
     * @param traffic what goes through it
     */
    Connection connect(Surroundings around, Place.Remote place, Traffic traffic) throws IOException {
        var target = target(around, place.user(), place.server());
        var proof = proof(around, target)
                .orElseThrow(() -> Fault.LOGIN_REQUIRED.because(
                        "not logged in to " + target.server() + "; first: " + around.typed("login " + target.named())));
        return connect(around, target, proof, traffic);
    }

    /** The same for whom this proof shows, whatever else could be shown. */
    Connection connect(Surroundings around, Target target, Proof proof, Traffic traffic) throws IOException {
        return around.host()
                .connected(
                        new CommandHost.Line(target.server(), proof.request(), traffic),
                        () -> loggedIn(around, target, proof, traffic));
    }

    private Connection loggedIn(Surroundings around, Target target, Proof proof, Traffic traffic) throws IOException {
        var connection = open(around, target, traffic);
        try {
            connection.ask(proof.request());
            return connection;
        } catch (IOException failure) {
            connection.close();
            throw failure;
        } catch (FaultException refused) {
            connection.close();
            throw proof.origin() == Origin.SAVED ? ended(refused, target, around) : refused;
        }
    }

    /** The same, where no place is named. */
    Connection connect(Surroundings around) throws IOException {
        return connect(around, new Place.Remote(Optional.empty(), Optional.empty(), "/"), Traffic.TALK);
    }

    /**
     * The environment in which each command means this server, and is there whom these options say.
     *
     * @param place {@code [USER@]HOST[:PORT]}; without one, what would be meant without
     * @throws FaultException {@link Fault#LOGIN_REQUIRED} when no server is known
     */
    public Map<String, String> environment(Surroundings around, Optional<String> place) throws IOException {
        var named = Place.server(place);
        var target = target(around, named.user(), named.server());
        var environment = new HashMap<>(around.environment());
        var ambient = target.ambientUser(around);
        if (!target.ambient() || (target.user().isPresent() && !target.user().equals(ambient))) {
            var pin = target.variable(around, "WHERRY_FINGERPRINT");
            environment.keySet().removeAll(OF_ONE_SERVER);
            pin.ifPresent(key -> environment.put("WHERRY_FINGERPRINT", key));
        }
        environment.put(SERVER, target.server().toString());
        target.user().or(() -> ambient).ifPresent(user -> environment.put("WHERRY_USER", user));
        fingerprint.ifPresent(key -> environment.put("WHERRY_FINGERPRINT", key));
        if (passwordFile.isPresent() || tokenFile.isPresent()) {
            environment.keySet().removeAll(Set.of("WHERRY_PASSWORD_FILE", "WHERRY_TOKEN_FILE"));
        }
        passwordFile.ifPresent(file -> environment.put("WHERRY_PASSWORD_FILE", file.toString()));
        tokenFile.ifPresent(file -> environment.put("WHERRY_TOKEN_FILE", file.toString()));
        return Map.copyOf(environment);
    }

    /** What was said of a server and of who one is there, as words of a command line that mean the same again. */
    List<String> said(Place.Remote place) {
        var words = new ArrayList<String>();
        fingerprint.ifPresent(key -> words.add("--fingerprint=" + key));
        passwordFile.ifPresent(file -> words.add("--password-file=" + file));
        tokenFile.ifPresent(file -> words.add("--token-file=" + file));
        var option = Place.server(server);
        var named = place.server().or(option::server);
        if (named.isPresent()) {
            words.add(new Place.Remote(place.user().or(option::user), named, "/").toString());
        }
        return words;
    }

    private static FaultException ended(FaultException refused, Target target, Surroundings around) {
        return switch (refused.fault()) {
            case SESSION_ENDED, WRONG_LOGIN ->
                Fault.SESSION_ENDED.because("the saved login has ended: " + around.typed("login " + target.named()));
            default -> refused;
        };
    }

    Connection open(Surroundings around, Target target, Traffic traffic) throws IOException {
        return Connection.open(target.server(), trust(around, target), traffic);
    }

    UserTrust trust(Surroundings around, Target target) {
        var said = fingerprint
                .map(text -> new Trust.Pin(Fingerprint.parse(text), "--fingerprint"))
                .or(() -> target.variable(around, "WHERRY_FINGERPRINT")
                        .map(text -> new Trust.Pin(Fingerprint.parse(text), "WHERRY_FINGERPRINT")));
        return new UserTrust(said, acceptNew, new PinStore(around.configFolder()), around.screen());
    }

    /** Decides which server is meant. */
    Target target(Surroundings around, Optional<String> placeUser, Optional<ServerAddress> placeServer)
            throws IOException {
        var option = Place.server(server);
        var user = placeUser.or(option::user);
        var named = placeServer.or(option::server);
        var ambient = Place.server(around.variable(SERVER)).server();
        var meant = named.or(() -> ambient);
        if (meant.isPresent()) {
            boolean ambientFits = ambient.isEmpty() || ambient.equals(meant);
            return new Target(meant.get(), user, ambientFits);
        }
        var saved = new LoginStore(around.configFolder()).latest(Optional.empty(), user);
        return new Target(
                saved.orElseThrow(() -> Fault.LOGIN_REQUIRED.because(
                                "no server is named and none is saved: " + around.typed("login [USER@]HOST[:PORT]")))
                        .server(),
                user,
                true);
    }

    /** What there is to show to this server. */
    Optional<Proof> proof(Surroundings around, Target target) throws IOException {
        var ofOptions =
                proof(Origin.OPTIONS, tokenFile, passwordFile, target.user().or(() -> target.ambientUser(around)));
        if (ofOptions.isPresent()) {
            return ofOptions;
        }
        var ambientUser = target.ambientUser(around);
        boolean sameUser = target.user().isEmpty()
                || ambientUser.isEmpty()
                || target.user().equals(ambientUser);
        if (sameUser) {
            var ofEnvironment = proof(
                    Origin.ENVIRONMENT,
                    target.variable(around, "WHERRY_TOKEN_FILE").map(Path::of),
                    target.variable(around, "WHERRY_PASSWORD_FILE").map(Path::of),
                    target.user().or(() -> ambientUser));
            if (ofEnvironment.isPresent()) {
                return ofEnvironment;
            }
        }
        return new LoginStore(around.configFolder())
                .latest(Optional.of(target.server()), target.user().or(() -> ambientUser))
                .map(login -> new Proof(Origin.SAVED, new Request.LoginToken(login.token())));
    }

    private static Optional<Proof> proof(
            Origin origin, Optional<Path> tokenFile, Optional<Path> passwordFile, Optional<String> user)
            throws IOException {
        if (tokenFile.isPresent()) {
            return Optional.of(new Proof(origin, new Request.LoginToken(secret(tokenFile.get()))));
        }
        if (passwordFile.isPresent()) {
            var name = user.orElseThrow(
                    () -> new UsageException("a password without a user: add USER@ to the server, or WHERRY_USER"));
            return Optional.of(new Proof(origin, new Request.LoginPassword(name, password(passwordFile.get()))));
        }
        return Optional.empty();
    }

    /** An empty password is wrong wherever it is, and is not worth asking a server. */
    static String password(Path file) throws IOException {
        var password = secret(file);
        if (password.isEmpty()) {
            throw Fault.WRONG_LOGIN.because("wrong user name or password");
        }
        return password;
    }

    /** The first line of a file: editors and {@code echo} put a line end behind it, which is no part of a secret. */
    private static String secret(Path file) throws IOException {
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (NoSuchFileException missing) {
            throw new UsageException("no such file to read a secret from: " + file);
        } catch (IOException unreadable) {
            throw new UsageException("no secret can be read from " + file + ": " + Failures.sentence(unreadable));
        }
    }

    enum Origin {
        OPTIONS,
        ENVIRONMENT,
        SAVED
    }

    /** What is shown to a server, and where it came from. */
    record Proof(Origin origin, Request request) {}

    /** @param ambient whether the environment speaks of this server */
    record Target(ServerAddress server, Optional<String> user, boolean ambient) {
        Optional<String> variable(Surroundings around, String name) {
            return ambient ? around.variable(name) : Optional.empty();
        }

        /** Who the environment says one is there: the variable for it wins over the one for the server. */
        Optional<String> ambientUser(Surroundings around) {
            return variable(around, "WHERRY_USER")
                    .or(() -> Place.server(variable(around, SERVER)).user());
        }

        String named() {
            return user.map(name -> name + "@").orElse("") + server;
        }
    }
}
