package dev.wherry.auth;

import dev.wherry.auth.Auth.Login;
import dev.wherry.auth.Auth.Proof;
import dev.wherry.bus.Bus;
import dev.wherry.fault.Fault;
import io.vertx.core.Future;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.auth.authentication.Credentials;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;

/**
 * Logs in as Vert.x does it, for one peer of one door; {@link Principal#of(User)} leads from the user to who asks.
 * Whoever wants the session's token too asks {@link Auth#LOGIN} itself.
 */
public final class WherryAuthentication implements AuthenticationProvider {
    private final Bus bus;
    private final String address;
    private final String door;

    /** @param address of the peer, without its port */
    public WherryAuthentication(Bus bus, String address, String door) {
        this.bus = bus;
        this.address = address;
        this.door = door;
    }

    /** Takes a user's name and password, or a token; fails as {@link Auth#LOGIN} does. */
    @Override
    public Future<User> authenticate(Credentials credentials) {
        return switch (credentials) {
            case UsernamePasswordCredentials shown ->
                logIn(new Proof.Password(shown.getUsername(), shown.getPassword()));
            case TokenCredentials shown -> logIn(new Proof.Token(shown.getToken()));
            default -> Future.failedFuture(Fault.MALFORMED.because("log in with a name and password, or with a token"));
        };
    }

    private Future<User> logIn(Proof proof) {
        return bus.ask(Auth.LOGIN, new Login(proof, address, door))
                .map(session -> session.principal().user());
    }
}
