package dev.wherry.door.console;

import dev.wherry.auth.Auth;
import dev.wherry.auth.Places;
import dev.wherry.auth.Principal;
import dev.wherry.auth.Somebody;
import dev.wherry.bus.Bus;
import dev.wherry.config.Config;
import dev.wherry.config.Settings;
import dev.wherry.config.Sources;
import dev.wherry.storage.backend.disk.DiskBackend;
import dev.wherry.transfer.Transfers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** The real door on a real socket, in the clear; what stands behind it on the bus is the test's. */
final class DoorFixture implements AutoCloseable {
    static final long SESSION = 7;

    final Vertx vertx = Vertx.vertx();
    final Bus bus = new Bus(vertx);
    /** The clock of the door and of the engine, in nanoseconds. */
    final AtomicLong clock = new AtomicLong();

    private final ConsoleVerticle door;

    DoorFixture(Path folder) {
        var config = config();
        var backend = done(DiskBackend.open(vertx, folder, config.files()));
        var transfers = new Transfers(vertx, bus, backend, config, clock::get);
        bus.answer(
                Auth.LOGIN,
                asked -> Future.succeededFuture(new Auth.Session(
                        alice(), Optional.of("a-token"), Optional.empty(), List.of("/:list,read,write,delete"))));
        door = new ConsoleVerticle(new ConsoleParts(
                bus,
                config,
                transfers,
                new ServerSSLOptions(),
                new JdkSSLEngineOptions(),
                new Places(100, 100),
                "0",
                "test",
                clock::get));
        done(vertx.deployVerticle(door));
    }

    private static Config config() {
        return Settings.read(Sources.of("console.host=127.0.0.1", "console.port=0", "console.tls=false"))
                .config();
    }

    static Principal alice() {
        return Somebody.called("alice", SESSION);
    }

    /** Ends the session of whoever is logged in. */
    void endSession() {
        bus.tell(Auth.SESSIONS_ENDED, new Auth.SessionsEnded("alice", List.of(SESSION), "logout"));
    }

    /** A client that is logged in. */
    PlainClient client() throws IOException {
        var client = new PlainClient(door.port());
        client.expect("WHERRY/1");
        client.say("LOGIN alice secret");
        client.expect("OK");
        return client;
    }

    static <T> T done(Future<T> future) {
        try {
            return future.await(1, TimeUnit.MINUTES);
        } catch (TimeoutException late) {
            throw new AssertionError("nothing came of it in a minute", late);
        }
    }

    @Override
    public void close() {
        done(vertx.close());
    }
}
