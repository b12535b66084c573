package dev.wherry.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.auth.Places;
import dev.wherry.bus.Bus;
import dev.wherry.config.Settings;
import dev.wherry.config.Sources;
import dev.wherry.protocol.Verb;
import dev.wherry.server.TlsEngine;
import dev.wherry.storage.backend.disk.DiskBackend;
import dev.wherry.transfer.Transfers;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web door's ways to ask, beside the console's requests and beside the page that describes them. */
final class RoutesTest {
    /** What belongs to a connection of lines: HTTP says it otherwise, or needs none of it. */
    private static final Set<String> OF_CONNECTIONS = Set.of("HELP", "QUIT", "PING");

    private final Vertx vertx = Vertx.vertx();
    private List<Route> routes;

    @BeforeEach
    void readTheTable(@TempDir Path folder) throws IOException {
        var config = Settings.read(Sources.of("files.keepFree=0")).config();
        var bus = new Bus(vertx);
        var served = Files.createDirectories(folder.resolve("files"));
        var backend = DiskBackend.open(vertx, served, config.files()).await();
        var parts = new HttpParts(
                bus,
                config,
                new Transfers(vertx, bus, backend, config, System::nanoTime),
                new PemKeyCertOptions(),
                TlsEngine.best().options(),
                List.of(),
                Path.of("webroot"),
                "0",
                "",
                System::nanoTime,
                new Places(10, 10));
        routes = Routes.of(new HttpDoor(vertx, parts));
        backend.close().await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void everyRequestOfTheConsoleHasARouteAndTheReverse() {
        var wanted = Arrays.stream(Verb.values()).map(Verb::words).collect(Collectors.toCollection(TreeSet::new));
        wanted.removeAll(OF_CONNECTIONS);
        var found =
                routes.stream().flatMap(route -> route.verbs().stream()).collect(Collectors.toCollection(TreeSet::new));
        // The login is open to strangers, and so is not among the routes for whom somebody has to be known.
        found.add("LOGIN");

        assertThat(found).isEqualTo(wanted);
    }

    @Test
    void everyRouteIsDescribed() throws IOException {
        var page = Files.readString(Path.of("src/docs/http.md"));

        for (var route : routes) {
            var written =
                    route.path().replace("/*", "/PATH").replace(":name", "NAME").replace(":id", "ID");
            assertThat(page).as(route.method() + " " + route.path()).contains(written);
        }
    }
}
