package dev.wherry.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server, and the command line at the other end of a link that breaks where a test says. */
abstract class BadLinkFixture {
    @TempDir
    Path temporary;

    RunningServer server;
    CuttingProxy proxy;
    Client client;

    @BeforeEach
    final void start() throws IOException {
        server = RunningServer.start(temporary.resolve("server"));
        proxy = new CuttingProxy(server.consolePort());
        client = new Client(temporary.resolve("client"), server.clientEnvironment())
                .with("WHERRY_SERVER", proxy.authority());
        Files.createDirectories(client.folder());
    }

    @AfterEach
    final void stop() {
        proxy.close();
        server.close();
    }

    /** Starts the server again after it was killed; the link leads to it as before. */
    final void restart() {
        server = RunningServer.start(temporary.resolve("server"));
        proxy.target(server.consolePort());
    }
}
