package dev.wherry.server;

import dev.wherry.auth.AuthVerticle;
import dev.wherry.auth.FirstStart;
import dev.wherry.auth.Places;
import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.config.Config;
import dev.wherry.door.console.ConsoleParts;
import dev.wherry.door.console.ConsoleVerticle;
import dev.wherry.door.http.HttpParts;
import dev.wherry.door.http.HttpVerticle;
import dev.wherry.door.http.ManagementVerticle;
import dev.wherry.metrics.Measures;
import dev.wherry.metrics.MetricsVerticle;
import dev.wherry.metrics.ServerEvent;
import dev.wherry.storage.Storage;
import dev.wherry.storage.StorageVerticle;
import dev.wherry.storage.backend.disk.DiskBackend;
import dev.wherry.transfer.Transfers;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The whole server: built from its parts in order, stopped in the reverse one. What was started is stopped, also when
 * something after it could not be.
 */
public final class Server {
    private final Launch launch;
    private final Config config;
    private final Groundwork ground;
    private final TlsEngine engine;
    private final Bus bus;
    private final Measures measures;
    /** How to stop what runs, the last started first. */
    private final Deque<Stop> stops = new ArrayDeque<>();
    /** What has not stopped yet; any thread may ask. */
    private volatile String stopping = "nothing";

    private final AtomicBoolean ready = new AtomicBoolean();
    /** Why the server is no longer ready. */
    private final List<String> troubles = new CopyOnWriteArrayList<>();

    private Optional<String> firstPassword = Optional.empty();
    private int consolePort;
    private int webPort;
    private int managementPort;

    private Server(Launch launch, Groundwork ground) {
        this.launch = launch;
        this.config = launch.config();
        this.ground = ground;
        this.engine = TlsEngine.best();
        this.bus = new Bus(ground.vertx());
        this.measures = new Measures(bus);
        stops.push(new Stop("the database", ground.database()::close));
    }

    /** Starts everything; fails with a fault that says what stands in the way, and then nothing is left running. */
    public static Future<Server> start(Launch launch) {
        var server = new Server(launch, Groundwork.lay(launch));
        return server.open()
                .map(server)
                .recover(failure -> server.end().transform(stopped -> Future.failedFuture(failure)));
    }

    private Future<Void> open() {
        return administrator()
                .compose(ignored -> metrics())
                .compose(ignored -> auth())
                .compose(ignored -> DiskBackend.open(ground.vertx(), ground.served(), config.files()))
                .compose(this::storage)
                .compose(transfers -> openConsole(transfers).compose(ignored -> openWeb(transfers)))
                .compose(ignored -> openManagement())
                .onSuccess(ignored -> opened())
                .mapEmpty();
    }

    private Future<?> administrator() {
        return FirstStart.ensureAdmin(
                        ground.database(), ground.data().path(), launch.adminPasswordFile(), launch.clock())
                .onSuccess(password -> firstPassword = password);
    }

    private Future<?> metrics() {
        return deploy(
                "the history",
                new MetricsVerticle(
                        bus, ground.database(), config.history(), config.log(), launch.console(), launch.clock()));
    }

    private Future<?> auth() {
        return deploy(
                "the accounts",
                new AuthVerticle(
                        bus,
                        ground.database(),
                        config.login(),
                        launch.clock(),
                        ground.data().path()));
    }

    private Future<Transfers> storage(DiskBackend backend) {
        stops.push(new Stop("the disk", backend::close));
        backend.onSync(measures::synced);
        return deploy(
                        "the storage",
                        new StorageVerticle(bus, config, ground.database(), backend, launch.clock(), ground.bootId()))
                .compose(ignored -> deploy("the gauge of the disk", new DiskGauge(bus, backend)))
                .map(ignored -> new Transfers(ground.vertx(), bus, backend, config, launch.nanoClock()));
    }

    private Future<?> openConsole(Transfers transfers) {
        var limits = config.console();
        var parts = new ConsoleParts(
                bus,
                config,
                transfers,
                tls(),
                engine.options(),
                new Places(limits.maxConnections(), limits.maxConnectionsPerAddress()),
                launch.version(),
                ground.machine().names().stream().findFirst().orElse("localhost"),
                launch.nanoClock());
        var door = new ConsoleVerticle(parts);
        return deployDoor(door, "console", limits.port()).onSuccess(ignored -> consolePort = door.port());
    }

    private ServerSSLOptions tls() {
        var versions = config.tls().minimum().equals("1.2") ? Set.of("TLSv1.2", "TLSv1.3") : Set.of("TLSv1.3");
        var options = new ServerSSLOptions();
        options.setKeyCertOptions(ground.certificates().keyCertOptions())
                // No client shows a certificate; without this the system's whole list of authorities would be loaded.
                .setTrustOptions(new PemTrustOptions()
                        .addCertPath(ground.certificates().certificateFile().toString()))
                .setEnabledSecureTransportProtocols(versions);
        return options;
    }

    private Future<?> openWeb(Transfers transfers) {
        var limits = config.http();
        var parts = new HttpParts(
                bus,
                config,
                transfers,
                ground.certificates().keyCertOptions(),
                engine.options(),
                Stream.of(ground.machine().names(), ground.certificates().names())
                        .flatMap(List::stream)
                        .toList(),
                launch.webroot(),
                launch.version(),
                ground.certificates().fingerprint(),
                launch.nanoClock(),
                new Places(limits.maxConnections(), limits.maxConnectionsPerAddress()));
        // All of one deployment: only they share a port that the system chooses.
        var doors = new CopyOnWriteArrayList<HttpVerticle>();
        var options = new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        var deployed = ground.vertx()
                .deployVerticle(() -> added(doors, new HttpVerticle(parts)), options)
                .onSuccess(id -> stops.push(undeploying("the web door", id)));
        return explained(deployed, "http", limits.port())
                .onSuccess(ignored -> webPort = doors.getFirst().port());
    }

    private static HttpVerticle added(List<HttpVerticle> doors, HttpVerticle door) {
        doors.add(door);
        return door;
    }

    private Future<?> openManagement() {
        var door = new ManagementVerticle(config.management(), this::obstacles, measures::text);
        return deployDoor(door, "management", config.management().port())
                .onSuccess(ignored -> managementPort = door.port());
    }

    private Future<String> deploy(String name, Deployable part) {
        return ground.vertx().deployVerticle(part).onSuccess(id -> stops.push(undeploying(name, id)));
    }

    private Stop undeploying(String name, String id) {
        return new Stop(name, () -> ground.vertx().undeploy(id));
    }

    private Future<?> deployDoor(Deployable door, String section, int port) {
        return explained(deploy("the " + section + " door", door), section, port);
    }

    /** The start that fails most often fails in words: who has the port, and what to change. */
    private static <T> Future<T> explained(Future<T> deployed, String section, int port) {
        return deployed.recover(failure ->
                Future.failedFuture(PortHolder.isTaken(failure) ? PortHolder.taken(section + ".port", port) : failure));
    }

    /** Why the server is not ready, if it is not. */
    private List<String> obstacles() {
        var found = new ArrayList<>(troubles);
        if (!ready.get()) {
            found.add("the server is starting or stopping");
        }
        return found;
    }

    private void opened() {
        bus.hear(Storage.STOPPED_CHANGES, troubles::add);
        ready.set(true);
        bus.tell(Event.HAPPENED, new ServerEvent.Started(launch.version()));
    }

    /** Closes the doors, lets what is being published be published, then stops the rest. */
    public Future<Void> stop(String reason) {
        ready.set(false);
        bus.tell(Event.HAPPENED, new ServerEvent.Stopping(reason));
        return end();
    }

    private Future<Void> end() {
        // A promise of no context: the last thing to stop is what contexts run on.
        var stopped = Promise.<Void>promise();
        stopNext()
                .onComplete(ignored -> ground.vertx().close().onComplete(closed -> {
                    ground.data().close();
                    stopped.complete();
                }));
        return stopped.future();
    }

    private Future<Void> stopNext() {
        var next = stops.poll();
        if (next == null) {
            return Future.succeededFuture();
        }
        stopping = next.name;
        return next.how.get().transform(ignored -> stopNext());
    }

    /** What a stop waits for, in words, for whoever gives up waiting. */
    public String stopping() {
        return stopping;
    }

    private record Stop(String name, Supplier<Future<?>> how) {}

    /** Where the console door is open. */
    public Endpoint console() {
        return new Endpoint(config.console().host(), consolePort);
    }

    /** Where the web door is open. */
    public Endpoint web() {
        return new Endpoint(config.http().host(), webPort);
    }

    /** What people call the web door where that is not an address of this machine. */
    Optional<String> publicUrl() {
        return config.http().publicUrl();
    }

    /** Where health is asked for. */
    public Endpoint management() {
        return new Endpoint(config.management().host(), managementPort);
    }

    /** What the certificate, the machine and the data folder are, for the banner. */
    Groundwork ground() {
        return ground;
    }

    String version() {
        return launch.version();
    }

    boolean isReadOnly() {
        return config.files().readOnly();
    }

    String webScheme() {
        return config.http().tls() ? "https" : "http";
    }

    /** The one-time password of the first administrator, as long as nobody has changed it. */
    Optional<String> firstPassword() {
        return firstPassword;
    }

    TlsEngine engine() {
        return engine;
    }
}
