package dev.wherry.it;

import dev.wherry.client.Connection;
import dev.wherry.client.Fingerprint;
import dev.wherry.client.ServerAddress;
import dev.wherry.client.Trust;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.Optional;

/** Connections of the client library to a running server, logged in as its administrator: one session for all. */
final class Lines {
    private final RunningServer server;
    private final String token;

    private Lines(RunningServer server, String token) {
        this.server = server;
        this.token = token;
    }

    /** Logs in with the password, once: that costs a good part of a second of a core, and is not what is tested. */
    static Lines to(RunningServer server) throws IOException {
        try (var connection = open(server)) {
            var facts = connection.ask(new Request.LoginPassword("admin", RunningServer.PASSWORD));
            return new Lines(server, String.valueOf(facts.get("token")));
        }
    }

    Connection open() throws IOException {
        var connection = open(server);
        connection.ask(new Request.LoginToken(token));
        return connection;
    }

    private static Connection open(RunningServer server) throws IOException {
        var pin = new Trust.Pin(Fingerprint.parse(server.fingerprint()), "the test");
        return Connection.open(new ServerAddress("127.0.0.1", server.consolePort()), new Trust() {
            @Override
            public Optional<Pin> pin(ServerAddress address) {
                return Optional.of(pin);
            }

            @Override
            public boolean accepts(ServerAddress address, Fingerprint seen) {
                return false;
            }
        });
    }
}
