package dev.wherry.it;

import dev.wherry.client.Connection;
import dev.wherry.client.Fingerprint;
import dev.wherry.client.ServerAddress;
import dev.wherry.client.Trust;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.Optional;

/** Connections of the client library to one server, of one account: one login, and its token ever after. */
final class Peers {
    private final ServerAddress address;
    private final Trust trust;
    private final String token;

    Peers(RunningServer server) throws IOException {
        this(server, "admin", RunningServer.PASSWORD);
    }

    Peers(RunningServer server, String user, String password) throws IOException {
        address = new ServerAddress("127.0.0.1", server.consolePort());
        trust = new Pinned(Fingerprint.parse(server.fingerprint()));
        try (var connection = Connection.open(address, trust)) {
            var login = new Request.LoginPassword(user, password);
            token = String.valueOf(connection.ask(login).get("token"));
        }
    }

    /** A new connection that is logged in. */
    Connection connect() throws IOException {
        var connection = Connection.open(address, trust);
        connection.ask(new Request.LoginToken(token));
        return connection;
    }

    String token() {
        return token;
    }

    static VirtualPath path(String text) {
        return VirtualPath.parse(text);
    }

    private record Pinned(Fingerprint fingerprint) implements Trust {
        @Override
        public Optional<Pin> pin(ServerAddress server) {
            return Optional.of(new Pin(fingerprint, "the server's own word"));
        }

        @Override
        public boolean accepts(ServerAddress server, Fingerprint seen) {
            return false;
        }
    }
}
