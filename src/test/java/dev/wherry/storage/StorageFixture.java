package dev.wherry.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.auth.Auth;
import dev.wherry.auth.AuthVerticle;
import dev.wherry.auth.FirstStart;
import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import dev.wherry.config.Config;
import dev.wherry.config.Settings;
import dev.wherry.config.Sources;
import dev.wherry.database.SqliteDatabase;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.Storage.Reservation;
import dev.wherry.storage.StorageRequest.Commit;
import dev.wherry.storage.StorageRequest.Reserve;
import dev.wherry.storage.StorageRequest.Resume;
import dev.wherry.storage.backend.Entry;
import dev.wherry.storage.backend.Seal;
import dev.wherry.storage.backend.Sealed;
import dev.wherry.storage.backend.UploadId;
import dev.wherry.storage.backend.disk.DiskBackend;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Storage as it runs: the real gate and accounts, a real database, a real disk; only doors are missing. */
final class StorageFixture implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";

    final Vertx vertx = Vertx.vertx();
    final Bus bus = new Bus(vertx);
    final Path root;
    final Path data;
    final Config config;
    final SqliteDatabase database;
    DiskBackend backend;
    /** What stands between storage and the disk, from the next start on. */
    Obstacle obstacle = Obstacle.NONE;

    private String storage = "";

    /** @param settings each {@code KEY=VALUE} */
    StorageFixture(Path folder, String... settings) throws IOException {
        data = Files.createDirectories(folder.resolve("data"));
        root = Files.createDirectories(folder.resolve("files"));
        config = Settings.read(Sources.of(Stream.concat(Stream.of("files.keepFree=0"), Stream.of(settings))
                        .toArray(String[]::new)))
                .config();
        database = SqliteDatabase.open(vertx, data.resolve("wherry.db"));
        var password = Files.writeString(folder.resolve("password"), PASSWORD);
        done(FirstStart.ensureAdmin(database, data, Optional.of(password), Clock.systemUTC()));
        done(vertx.deployVerticle(new AuthVerticle(bus, database, config.login(), Clock.systemUTC(), data)));
        start("this start");
    }

    void start() {
        start("this start");
    }

    /** @param bootId of the kernel: another one has lost what was not durable */
    final void start(String bootId) {
        backend = done(DiskBackend.open(vertx, root, config.files()));
        storage = done(vertx.deployVerticle(
                new StorageVerticle(bus, config, database, obstacle.before(backend), Clock.systemUTC(), bootId)));
    }

    /** Starts again with this in the way of the disk. */
    void restart(Obstacle inTheWay) {
        stop();
        obstacle = inTheWay;
        start();
    }

    void stop() {
        done(vertx.undeploy(storage));
        done(backend.close());
    }

    @Override
    public void close() {
        stop();
        done(database.close());
        vertx.close();
    }

    /** What a future comes to; its fault is thrown as it is. */
    static <T> T done(Future<T> future) {
        try {
            return future.await(1, TimeUnit.MINUTES);
        } catch (TimeoutException late) {
            throw new AssertionError("nothing came of it in a minute", late);
        }
    }

    static void refused(Fault fault, Future<?> future) {
        assertThatThrownBy(() -> done(future)).isInstanceOfSatisfying(FaultException.class, thrown -> {
            if (thrown.fault() != fault) {
                throw new AssertionError("refused with " + thrown.fault() + ": " + thrown.getMessage());
            }
        });
    }

    Principal admin() {
        return login("admin");
    }

    Principal user(String name, String... rules) {
        done(bus.ask(Auth.ADD_USER, new Auth.AddUser(admin(), name, Optional.of(PASSWORD), false, List.of(rules))));
        return login(name);
    }

    private Principal login(String name) {
        return login(new Auth.Proof.Password(name, PASSWORD));
    }

    private Principal login(Auth.Proof proof) {
        return done(bus.ask(Auth.LOGIN, new Auth.Login(proof, "192.0.2.1", "console")))
                .principal();
    }

    /** The same account by a named token of these rights. */
    Principal token(Principal who, String... rules) {
        var name = "token" + String.join(" ", rules).replaceAll("[^a-z]", "");
        var made = done(bus.ask(Auth.CREATE_TOKEN, new Auth.CreateToken(who, name, Optional.empty(), List.of(rules))));
        return login(new Auth.Proof.Token(made.text()));
    }

    static VirtualPath path(String text) {
        return VirtualPath.parse(text);
    }

    static Reserve wish(Principal who, String path, long size) {
        return wish(who, path, OptionalLong.of(size), new Precondition.Absent());
    }

    static Reserve wish(Principal who, String path, OptionalLong size, Precondition expected) {
        return new Reserve(who, path(path), size, expected, false, Optional.empty(), Optional.empty());
    }

    Future<Reservation> reserve(Principal who, String path, long size) {
        return bus.ask(Storage.RESERVE, wish(who, path, size));
    }

    /** Writes and seals what was reserved. */
    Sealed fill(Reservation reservation, String content) {
        var sink = done(backend.create(reservation.upload()));
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        done(sink.write(List.of(ByteBuffer.wrap(bytes))));
        var sealed = done(sink.seal(new Seal(OptionalLong.of(bytes.length), Optional.empty(), Optional.empty())));
        done(sink.close());
        return sealed;
    }

    Future<Entry> commit(Principal who, Reservation reservation, Sealed sealed) {
        return bus.ask(Storage.COMMIT, new Commit(who, reservation.upload(), sealed));
    }

    /** All of an upload, under a name that may not exist. */
    Entry put(Principal who, String path, String content) {
        var reservation = done(reserve(who, path, content.length()));
        return done(commit(who, reservation, fill(reservation, content)));
    }

    /** Goes on with an upload as it was begun, or under another name. */
    Future<Resumption> resume(Principal who, UploadId upload, Optional<String> to) {
        var none = OptionalLong.empty();
        var as = to.map(StorageFixture::path);
        return bus.ask(
                Storage.RESUME,
                new Resume(who, upload, none, Optional.empty(), as, Optional.empty(), Optional.empty()));
    }

    List<Path> staged() throws IOException {
        try (var files = Files.list(root.resolve(".wherry-staging"))) {
            return files.toList();
        }
    }

    String state(Reservation reservation) {
        return done(database.read(handle -> handle.createQuery("SELECT state FROM uploads WHERE id = :id")
                .bind("id", reservation.upload().value())
                .mapTo(String.class)
                .findOne()
                .orElse("unknown")));
    }
}
