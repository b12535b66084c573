package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server in a process of its own, started as a user would, on ports that the system chose. Its event loops are
 * watched from the moment it is ready: one that was blocked fails whoever closes the server.
 */
final class RunningServer implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path home;
    private final Process process;
    private final JsonObject ready;
    private boolean isTraced;
    /** How much of what is on standard error is from earlier runs, or from before it was ready. */
    private final int readyAt;
    /** Of the time that its event loops asked for, what the machine gave them; 1 while unknown. */
    private double share = 1;

    private RunningServer(Path home, Process process, JsonObject ready) {
        this.home = home;
        this.process = process;
        this.ready = ready;
        this.readyAt = errors().length();
    }

    /** @param home everything lies below it; a second start with the same one is a restart */
    static RunningServer start(Path home, String... more) {
        return start(home, Map.of(), more);
    }

    /** @param environment a variable without a value is taken out of it */
    static RunningServer start(Path home, Map<String, String> environment, String... more) {
        return start(List.of(), home, environment, more);
    }

    /** One to which the permissions of files apply, as they do not to the superuser. */
    static RunningServer startAsAnybody(Path home, String... more) {
        boolean superuser = System.getProperty("user.name").equals("root");
        var by = List.of("setpriv", "--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search");
        return start(superuser ? by : List.of(), home, Map.of(), more);
    }

    private static RunningServer start(List<String> by, Path home, Map<String, String> environment, String... more) {
        try {
            var process = launch(by, home, environment, List.of(more));
            var file = readyFile(home);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> Files.exists(file) || !process.isAlive());
            if (!Files.exists(file)) {
                throw new AssertionError("the server did not start:\n" + Files.readString(errors(home)));
            }
            return new RunningServer(home, process, new JsonObject(Files.readString(file)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts a process and waits for nothing. */
    static Process launch(Path home, Map<String, String> environment, List<String> more) throws IOException {
        return launch(List.of(), home, environment, more);
    }

    /** @param by what runs it */
    private static Process launch(List<String> by, Path home, Map<String, String> environment, List<String> more)
            throws IOException {
        Files.createDirectories(home);
        Files.deleteIfExists(readyFile(home));
        var password = home.resolve("admin-password");
        Files.writeString(password, PASSWORD + "\n");
        var builder = new ProcessBuilder(command(by, home, more));
        builder.environment().put("WHERRY_ADMIN_PASSWORD_FILE", password.toString());
        builder.environment().put("WHERRY_JAVA_OPTS", "-Dwherry.blockedMillis=" + EventLoops.LONGEST_MILLIS);
        builder.environment().putAll(environment);
        builder.environment().values().removeIf(String::isEmpty);
        return builder.directory(home.toFile())
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Redirect.appendTo(output(home).toFile()))
                .redirectError(Redirect.appendTo(errors(home).toFile()))
                .start();
    }

    private static List<String> command(List<String> by, Path home, List<String> more) {
        var command = new ArrayList<>(by);
        command.addAll(List.of(Application.launcher().toString(), "serve"));
        Stream.of("console.port=0", "http.port=0", "management.port=0", "console.host=127.0.0.1", "http.host=127.0.0.1")
                .flatMap(setting -> Stream.of("--set", setting))
                .forEach(command::add);
        command.addAll(List.of("--data", home.resolve("data").toString()));
        command.addAll(List.of("--ready-file", readyFile(home).toString()));
        command.addAll(more);
        return command;
    }

    private static Path readyFile(Path home) {
        return home.resolve("ready.json");
    }

    private static Path output(Path home) {
        return home.resolve("server.out");
    }

    private static Path errors(Path home) {
        return home.resolve("server.err");
    }

    String authority() {
        return "127.0.0.1:" + consolePort();
    }

    int consolePort() {
        return ready.getJsonObject("console").getInteger("port");
    }

    int webPort() {
        return ready.getJsonObject("http").getInteger("port");
    }

    int managementPort() {
        return ready.getJsonObject("management").getInteger("port");
    }

    String fingerprint() {
        return ready.getString("fingerprint");
    }

    long pid() {
        return process.pid();
    }

    /** The tree that is served, unless another was named. */
    Path files() {
        return home.resolve("data/files");
    }

    Path data() {
        return home.resolve("data");
    }

    String output() {
        return read(output(home));
    }

    String errors() {
        return read(errors(home));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The peak of the memory that the process held, in MiB. */
    long peakResidentMiB() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The heap that is in use once everything that nobody needs any more has been taken away, in MiB. */
    long liveHeapMiB() throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, Long.toString(pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        var total = Pattern.compile("Total\\s+\\d+\\s+(\\d+)").matcher(said);
        assertThat(total.find()).as(said).isTrue();
        return Long.parseLong(total.group(1)) >> 20;
    }

    /** The environment in which the client finds this server, as the administrator. */
    Map<String, String> clientEnvironment() {
        var environment = new TreeMap<String, String>();
        environment.put("WHERRY_SERVER", authority());
        environment.put("WHERRY_FINGERPRINT", fingerprint());
        environment.put("WHERRY_USER", "admin");
        environment.put("WHERRY_PASSWORD_FILE", home.resolve("admin-password").toString());
        environment.put("WHERRY_CONFIG_DIR", home.resolve("client").toString());
        return environment;
    }

    /** Ends the process as a power switch would end it. */
    void kill() throws InterruptedException {
        measureShare();
        process.destroyForcibly().waitFor();
    }

    /** Asks it to stop, as an operator would; answers its exit code. */
    int stop() throws InterruptedException {
        measureShare();
        process.destroy();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("the server stops when it is asked to")
                .isTrue();
        return process.exitValue();
    }

    /** The kernel stops it at every system call, for strace to look: that it is slow is not held against it. */
    RunningServer traced() {
        isTraced = true;
        return this;
    }

    @Override
    public void close() {
        measureShare();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        if (!isTraced) {
            var said = errors().substring(readyAt);
            assertThat(EventLoops.blocked(said, share))
                    .as("event loops that were blocked: %s", said)
                    .isEmpty();
        }
    }

    private void measureShare() {
        if (process.isAlive()) {
            share = EventLoops.share(process.pid());
        }
    }
}
