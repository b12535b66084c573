package dev.wherry.cli;

import dev.wherry.client.LoginStore;
import dev.wherry.client.Traffic;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wherry logout}: ends a session, here and there. */
@Command(
        name = "logout",
        description = {
            "End the session that was kept, on the server too.",
            "Uploads that have begun stay, and can be finished later.",
            "",
            "That session is ended whatever else says who you are; only where none was kept does that count."
        })
final class LogoutCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "[USER@]HOST[:PORT]",
            description = "The server; the one last logged in to when none is named.")
    Optional<String> place = Optional.empty();

    @Option(names = "--all", description = "End every session of the account, and its tokens.")
    boolean all;

    @Mixin
    final Contact contact;

    private final Access access;
    private final Surroundings around;

    LogoutCommand(Surroundings around) {
        this.around = around;
        this.contact = new Contact(around);
        this.access = contact.access;
    }

    @Override
    public Integer call() throws IOException {
        var remote = Place.server(place);
        var target = access.target(around, remote.user(), remote.server());
        var store = new LoginStore(around.configFolder());
        var saved = store.latest(Optional.of(target.server()), target.user().or(() -> target.ambientUser(around)));
        if (saved.isPresent()) {
            end(target, saved.get());
            store.remove(saved.get());
        } else {
            try (var line = contact.line(remote)) {
                line.get().ask(new Request.Logout(all));
            }
        }
        if (contact.json()) {
            contact.lines().event("logged-out", Map.of("server", target.server().toString()));
        } else {
            around.screen().say("logged out of " + target.server());
        }
        return ExitCode.DONE.number();
    }

    /** With its own token: a password in the environment would begin another session, and end that one. */
    private void end(Access.Target target, LoginStore.Login kept) throws IOException {
        try {
            logout(target, new Access.Proof(Access.Origin.SAVED, new Request.LoginToken(kept.token())));
        } catch (FaultException refused) {
            // A session that has ended by itself is what was wanted, but for the others of the account.
            if (refused.fault() != Fault.SESSION_ENDED) {
                throw refused;
            }
            var other = access.proof(around, target).filter(proof -> proof.origin() != Access.Origin.SAVED);
            if (all && other.isPresent()) {
                logout(target, other.get());
            }
        }
    }

    private void logout(Access.Target target, Access.Proof proof) throws IOException {
        try (var connection = access.connect(around, target, proof, Traffic.TALK)) {
            connection.ask(new Request.Logout(all));
        }
    }
}
