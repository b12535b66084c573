package dev.wherry.cli;

import dev.wherry.client.MemoryServer;
import dev.wherry.client.Peer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Somebody with a terminal, a folder and a server in memory. */
final class Desk implements AutoCloseable {
    final MemoryServer server = new MemoryServer();
    final Peer peer = Peer.running(server);
    final Map<String, String> environment = new HashMap<>();
    final Path folder;

    /** What the person types when asked; where there is no person, what comes through the pipe. */
    byte[] input = new byte[0];

    boolean interactive;

    /** What happens elsewhere before the person answers; once. */
    private Runnable meanwhile = () -> {};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    Desk(Path folder) {
        this.folder = folder;
        environment.put("WHERRY_CONFIG_DIR", config().toString());
        write("password", MemoryServer.PASSWORD + "\n");
    }

    Path config() {
        return folder.resolve("config");
    }

    Path write(String name, String content) {
        return write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Path write(String name, byte[] content) {
        try {
            var path = folder.resolve(name);
            Files.createDirectories(path.toAbsolutePath().getParent());
            return Files.write(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String path(String name) {
        return folder.resolve(name).toString();
    }

    int wherry(String... arguments) {
        out.reset();
        err.reset();
        var screen = new Screen(
                new ByteArrayInputStream(input) {
                    @Override
                    public synchronized int read(byte[] target, int offset, int length) {
                        happen();
                        return super.read(target, offset, length);
                    }

                    @Override
                    public synchronized int read() {
                        happen();
                        return super.read();
                    }
                },
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interactive,
                environment);
        return new Cli(new Surroundings(screen, environment, false), (data, name) -> "once-" + name).run(arguments);
    }

    void meanwhile(Runnable happens) {
        meanwhile = happens;
    }

    private void happen() {
        var now = meanwhile;
        meanwhile = () -> {};
        now.run();
    }

    int login(String... more) {
        var arguments = new ArrayList<>(List.of(
                "login",
                "anna@" + peer.address(),
                "--fingerprint=" + peer.fingerprint(),
                "--password-file=" + path("password")));
        arguments.addAll(List.of(more));
        return wherry(arguments.toArray(String[]::new));
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    byte[] outBytes() {
        return out.toByteArray();
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    String said() {
        return out() + err();
    }

    @Override
    public void close() {
        peer.close();
    }
}
