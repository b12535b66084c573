package dev.wherry.it;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A server for all tests of a class, and the administrator who uploads to it in parts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TusFixture {
    Path home;
    RunningServer server;
    Web web;
    Tus tus;

    @BeforeAll
    final void start(@TempDir Path folder) {
        home = folder;
        server = RunningServer.start(home);
        tus = Tus.by(Web.admin(server));
        web = tus.web();
    }

    @AfterAll
    final void stop() {
        web.close();
        server.close();
    }
}
