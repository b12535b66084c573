package dev.wherry;

import dev.wherry.cli.Surroundings;
import dev.wherry.config.ConfigException;
import dev.wherry.config.Place;
import dev.wherry.config.Settings;
import dev.wherry.config.Sources;
import dev.wherry.fault.FaultException;
import dev.wherry.metrics.ConsoleLog;
import dev.wherry.server.Banner;
import dev.wherry.server.Launch;
import dev.wherry.server.ReadyFile;
import dev.wherry.server.Server;
import dev.wherry.server.StartReport;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wherry serve}: reads the configuration, starts the server, and waits until it is told to stop. */
@Command(
        name = "serve",
        description = {
            "Start a server.",
            "",
            "Without DIR it serves a folder of its own, data/files; with DIR a folder that exists already. The first "
                    + "start makes the data folder, a certificate and the administrator \"admin\", whose one-time "
                    + "password it shows. SIGTERM and Ctrl-C stop it: what is being published is published, other "
                    + "uploads can be resumed."
        },
        footer = {"", "Example:  wherry serve /srv/media --set console.port=4452"})
final class Serve implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final long DRAIN_SECONDS = 30;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder to serve, which must exist.")
    Optional<Path> folder = Optional.empty();

    @Option(names = "--data", paramLabel = "DIR", description = "Where the server keeps what is its own.")
    Optional<Path> data = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE", description = "Read this file and no other.")
    Optional<Path> config = Optional.empty();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Set any key; may be said again.")
    List<String> set = new ArrayList<>();

    @Option(names = "--read-only", description = "Refuse every change.")
    boolean readOnly;

    @Option(names = "--log-format", paramLabel = "text|json", description = "For people, or for programs.")
    Optional<String> logFormat = Optional.empty();

    @Option(names = "--log-requests", description = "A line for every request.")
    boolean logRequests;

    @Option(names = "--ready-file", paramLabel = "FILE", description = "Write ports and fingerprint here when ready.")
    Optional<Path> readyFile = Optional.empty();

    private final String version;

    Serve(String version) {
        this.version = version;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return serve(Settings.read(sources()));
        } catch (ConfigException mistaken) {
            mistaken.getMessage().lines().forEach(line -> System.err.println("wherry: " + line));
        } catch (FaultException | IOException failure) {
            System.err.println("wherry: " + failure.getMessage());
        }
        return FAILED;
    }

    /** The switches of this command are {@code --set} in short, and win over it. */
    Sources sources() {
        var switches = new ArrayList<>(set);
        data.ifPresent(path -> switches.add("data=" + path));
        folder.ifPresent(path -> switches.add("files.folder=" + path));
        logFormat.ifPresent(format -> switches.add("log.format=" + format));
        if (readOnly) {
            switches.add("files.readOnly=true");
        }
        if (logRequests) {
            switches.add("log.requests=true");
        }
        return new Sources(config, Sources.usual(Path.of(""), home()), System.getenv(), switches);
    }

    private int serve(Settings settings) throws IOException, InterruptedException {
        if (readyFile.isPresent()) {
            ReadyFile.clear(readyFile.get());
        }
        settings.warnings().forEach(warning -> System.err.println("wherry: " + warning));
        try (var console = ConsoleLog.standard(settings.config().log(), Clock.system(ZoneId.systemDefault()))) {
            var server = Server.start(launch(settings, console)).await();
            var report = new StartReport(server, Surroundings.ofProcess().program(), said(settings));
            console.announce(report.banner(isTerminal()));
            if (readyFile.isPresent()) {
                report.ready().write(readyFile.get());
            }
            waitForTheEnd(server, console);
        }
        return 0;
    }

    /** How {@code scripts/wherry} was called, where it runs us from its sources. */
    private static Optional<String> startedAs() {
        return Optional.ofNullable(System.getenv("WHERRY_STARTED_AS"));
    }

    /** The other switches are known to whoever used them. */
    private Banner.Said said(Settings settings) {
        return new Banner.Said(
                known(settings.file()),
                set.stream()
                        .map(each -> each.split("=", 2)[0].strip())
                        .distinct()
                        .count(),
                settings.origins().stream()
                        .filter(origin -> origin.place() instanceof Place.Environment)
                        .count());
    }

    /** The file that a build from sources brought along is nothing that its user has ever seen. */
    private static Optional<Path> known(Optional<Path> settings) {
        return settings.filter(
                file -> startedAs().isEmpty() || !file.toAbsolutePath().startsWith(home().toAbsolutePath()));
    }

    private Launch launch(Settings settings, ConsoleLog console) {
        return new Launch(
                settings.config(),
                Optional.ofNullable(System.getenv("WHERRY_ADMIN_PASSWORD_FILE")).map(Path::of),
                home().resolve("webroot"),
                version,
                console,
                Clock.system(ZoneId.systemDefault()),
                System::nanoTime);
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** The application folder, as the launcher says. */
    private static Path home() {
        return Path.of(System.getProperty("wherry.home", ""));
    }

    /**
     * The process ends with 0 after a stop that was asked for; by itself Java would end with the number of the signal,
     * which is why the hook ends it, once the last lines are written.
     */
    private static void waitForTheEnd(Server server, ConsoleLog console) throws InterruptedException {
        var never = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, console), "stop"));
        never.await();
    }

    private static void end(Server server, ConsoleLog console) {
        int code = drain(server, console);
        console.close();
        Runtime.getRuntime().halt(code);
    }

    private static int drain(Server server, ConsoleLog console) {
        try {
            server.stop("SIGTERM or Ctrl-C").await(DRAIN_SECONDS, TimeUnit.SECONDS);
            console.announce("Wherry has stopped");
            return 0;
        } catch (TimeoutException late) {
            // Fetched only here: this class is part of every command line, and a client needs no log.
            LoggerFactory.getLogger(Serve.class)
                    .error(
                            "gave up after {} s waiting for {} to stop; what was acknowledged is safe",
                            DRAIN_SECONDS,
                            server.stopping());
            return FAILED;
        }
    }
}
