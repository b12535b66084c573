package dev.wherry.cli;

import dev.wherry.client.Connection;
import dev.wherry.client.Fingerprint;
import dev.wherry.client.LoginStore;
import dev.wherry.client.Traffic;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wherry login}: proves who one is, once, and keeps the session for the commands that follow. */
@Command(
        name = "login",
        description = {
            "Log in to a server, and stay so for the commands that follow.",
            "",
            "The password is asked for, or read from a file; it is never kept: what is kept is a token of the session, "
                    + "which ends when you log out. A one-time password has to be changed, which is asked here too."
        },
        footer = {"", "Example:  wherry login anna@files.example.org"})
final class LoginCommand implements Callable<Integer> {
    /** The server's rule, known here so that nobody types in vain twice; who has fewer has fewer characters, too. */
    private static final int LEAST_BYTES = 8;

    /** Of a person; as many as of ssh. */
    private static final int TRIES = 3;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "[USER@]HOST[:PORT]",
            description = "The server; the port is 4451 unless said.")
    Optional<String> place = Optional.empty();

    @Option(
            names = "--new-password-file",
            paramLabel = "FILE",
            description = "Change a one-time password to the one in this file, without asking.")
    Optional<Path> newPasswordFile = Optional.empty();

    @Mixin
    final Contact contact;

    private final Access access;
    private final Surroundings around;

    LoginCommand(Surroundings around) {
        this.around = around;
        this.contact = new Contact(around);
        this.access = contact.access;
    }

    @Override
    public Integer call() throws IOException {
        var remote = Place.server(place);
        var target = access.target(around, remote.user(), remote.server());
        var proof = access.proof(around, target).filter(known -> known.origin() != Access.Origin.SAVED);
        try (var connection = access.open(around, target, Traffic.TALK)) {
            var admitted = proof.isPresent()
                    ? Admitted.by(connection, proof.get().request())
                    : askUntilRight(connection, target);
            var request = admitted.request();
            var facts = admitted.facts();
            if (request instanceof Request.LoginPassword login && mustChangePassword(connection, facts)) {
                changePassword(connection, login.password());
            }
            boolean ambient = proof.filter(known -> known.origin() == Access.Origin.ENVIRONMENT)
                    .isPresent();
            keep(connection, target, facts, request, ambient);
        } catch (GoneException nobody) {
            // Whoever ended the question knows why; the line that it stands in ends too.
            around.screen().note("");
            return ExitCode.INTERRUPTED.number();
        }
        return ExitCode.DONE.number();
    }

    /** Who was let in, and what the server said to it. */
    private record Admitted(Request request, Map<String, Object> facts) {
        static Admitted by(Connection connection, Request request) throws IOException {
            return new Admitted(request, connection.ask(request));
        }
    }

    /** Whoever mistypes is asked again here: what is typed next is another try, and must not be taken for a command. */
    private Admitted askUntilRight(Connection connection, Access.Target target) throws IOException {
        for (int tried = 1; ; tried++) {
            try {
                return Admitted.by(connection, ask(target));
            } catch (FaultException refused) {
                if (refused.fault() != Fault.WRONG_LOGIN || tried == TRIES) {
                    throw refused;
                }
                around.screen().note(refused.getMessage() + "; try again");
            }
        }
    }

    private Request ask(Access.Target target) {
        var screen = around.screen();
        if (!screen.isInteractive()) {
            throw Fault.LOGIN_REQUIRED.because(
                    "nobody is here to ask for a password: use --password-file or --token-file");
        }
        var user = target.user()
                .or(() -> target.ambientUser(around))
                .or(() -> screen.ask("User on " + target.server() + ": "))
                .orElseThrow(GoneException::new);
        var password = screen.askSecret("Password for " + user + "@" + target.server() + ": ")
                .orElseThrow(GoneException::new);
        if (user.isBlank() || password.isEmpty()) {
            throw Fault.WRONG_LOGIN.because("wrong user name or password");
        }
        return new Request.LoginPassword(user, password);
    }

    /** Servers say so in their answer; the look at the root makes sure. */
    private static boolean mustChangePassword(Connection connection, Map<String, Object> facts) throws IOException {
        if (facts.get("mustChangePassword") instanceof Boolean must) {
            return must;
        }
        try {
            connection.ask(new Request.Stat(VirtualPath.ROOT));
            return false;
        } catch (FaultException refused) {
            return refused.fault() == Fault.PASSWORD_CHANGE_REQUIRED;
        }
    }

    private void changePassword(Connection connection, String old) throws IOException {
        if (newPasswordFile.isPresent()) {
            connection.ask(new Request.ChangePassword(old, Access.password(newPasswordFile.get())));
            return;
        }
        var screen = around.screen();
        if (!screen.isInteractive()) {
            throw Fault.PASSWORD_CHANGE_REQUIRED.because(
                    "this password is for one time and must be changed: add --new-password-file, or use a terminal");
        }
        screen.note("This password is for one time. Choose your own: at least " + LEAST_BYTES + " characters.");
        while (true) {
            var first = screen.askSecret("New password: ").orElseThrow(GoneException::new);
            if (first.isEmpty()) {
                throw Fault.PASSWORD_CHANGE_REQUIRED.because("the one-time password was not changed");
            }
            if (first.getBytes(StandardCharsets.UTF_8).length < LEAST_BYTES) {
                screen.note("It is shorter than " + LEAST_BYTES + " characters.");
                continue;
            }
            var second = screen.askSecret("The same again: ").orElseThrow(GoneException::new);
            if (!first.equals(second)) {
                screen.note("The two are not the same.");
            } else if (isTaken(connection, old, first)) {
                return;
            }
        }
    }

    private boolean isTaken(Connection connection, String old, String chosen) throws IOException {
        try {
            connection.ask(new Request.ChangePassword(old, chosen));
            return true;
        } catch (FaultException refused) {
            if (refused.fault() != Fault.BAD_PASSWORD) {
                throw refused;
            }
            around.screen().note(refused.getMessage());
            return false;
        }
    }

    private void keep(
            Connection connection, Access.Target target, Map<String, Object> facts, Request shown, boolean ambient)
            throws IOException {
        var user =
                facts.get("user") instanceof String name ? name : target.user().orElse("?");
        if (ambient) {
            tell(user, target, false);
            return;
        }
        if (access.fingerprint.isPresent()) {
            access.trust(around, target).keep(target.server(), Fingerprint.parse(access.fingerprint.get()));
        }
        var token = facts.get("token") instanceof String given
                ? given
                : shown instanceof Request.LoginToken(var same) ? same : "";
        if (!token.isEmpty()) {
            new LoginStore(around.configFolder()).save(new LoginStore.Login(connection.server(), user, token));
        }
        tell(user, target, true);
    }

    /** Nobody answers any more: Ctrl-D was typed, or the window closed. */
    private static final class GoneException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void tell(String user, Access.Target target, boolean kept) {
        if (contact.json()) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("user", user);
            facts.put("server", target.server().toString());
            facts.put("kept", kept);
            contact.lines().event("logged-in", facts);
            return;
        }
        around.screen()
                .say("logged in as " + user + " at " + target.server()
                        + (kept ? "" : " (from the environment: not kept)"));
    }
}
