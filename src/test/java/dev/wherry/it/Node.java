package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A program under Node, of src/test/node or scripts, with other people's clients at hand as npm gave them. Whatever it
 * prints is one JSON object a line.
 */
final class Node implements AutoCloseable {
    private static final Path SOURCES = Path.of("src/test/node");
    private static final Path FOLDER = Path.of("target/node");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<JsonObject> said = new CopyOnWriteArrayList<>();
    private final Process process;
    private final Path errors;
    private final Thread reader;

    private Node(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.reader = Thread.ofPlatform().daemon().start(this::read);
    }

    /** @param script its file; it runs where the libraries are */
    static Node start(Path script, Map<String, String> environment, String... arguments) {
        try {
            install();
            for (var source : sources()) {
                Files.copy(source, FOLDER.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            var copy = FOLDER.resolve(script.getFileName());
            Files.copy(script, copy, StandardCopyOption.REPLACE_EXISTING);
            var errors = Files.createTempFile("node", ".err");
            var builder = new ProcessBuilder("node", copy.toAbsolutePath().toString());
            builder.command().addAll(List.of(arguments));
            builder.environment().putAll(environment);
            return new Node(builder.redirectError(errors.toFile()).start(), errors);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @param name of one in src/test/node, without its ending */
    static Node start(String name, Map<String, String> environment, String... arguments) {
        return start(SOURCES.resolve(name + ".mjs"), environment, arguments);
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.list(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".mjs")).toList();
        }
    }

    /** What a program under Node needs to believe this server, and to be believed as the administrator. */
    static Map<String, String> admin(RunningServer server) {
        return as(server, Web.basic("admin", RunningServer.PASSWORD));
    }

    static Map<String, String> as(RunningServer server, String authorization) {
        var certificate = server.data().resolve("tls/certificate.pem").toString();
        return Map.of("NODE_EXTRA_CA_CERTS", certificate, "WHERRY_AUTHORIZATION", authorization);
    }

    /** Fetches the libraries when they are not there yet, or are others than the lock file says. */
    private static synchronized void install() throws IOException {
        var wanted = SOURCES.resolve("package-lock.json");
        var installed = FOLDER.resolve("installed.json");
        if (Files.exists(installed) && Files.mismatch(wanted, installed) < 0) {
            return;
        }
        Files.createDirectories(FOLDER);
        for (var name : List.of("package.json", "package-lock.json", ".npmrc")) {
            Files.copy(SOURCES.resolve(name), FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        var log = FOLDER.resolve("npm.log");
        var npm = new ProcessBuilder("npm", "ci", "--prefer-offline")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(npm.waitFor(5, TimeUnit.MINUTES)).as("npm ci ends").isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
        assertThat(npm.exitValue())
                .as("npm ci, which needs the network the first time: %s", Files.readString(log))
                .isZero();
        Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
    }

    private void read() {
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(line -> said.add(new JsonObject(line)));
        } catch (UncheckedIOException | IOException ended) {
            // It was closed.
        }
    }

    List<JsonObject> said() {
        return said;
    }

    /** Waits until it has said such a thing. */
    JsonObject hears(Predicate<JsonObject> wanted) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> said.stream().anyMatch(wanted) || !reader.isAlive());
        return said.stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new AssertionError("it ended without that: " + said + "\n" + errors()));
    }

    Node say(JsonObject line) {
        try {
            var writer = process.outputWriter(StandardCharsets.UTF_8);
            writer.write(line.encode() + "\n");
            writer.flush();
            return this;
        } catch (IOException failure) {
            throw new AssertionError(errors(), failure);
        }
    }

    /** Waits for its end; answers its exit code. */
    int ends() {
        return ends(PATIENCE);
    }

    int ends(Duration within) {
        try {
            assertThat(process.waitFor(within.toSeconds(), TimeUnit.SECONDS))
                    .as("it ends; it said %s\n%s", said, errors())
                    .isTrue();
            reader.join(within.toMillis());
            return process.exitValue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(errors);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
