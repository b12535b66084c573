package dev.wherry.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The command-line client in a process of its own, as a script would run it. */
final class Client {
    private final Path folder;
    private final Map<String, String> environment;
    private final Path input;

    /** @param folder in which it runs, made if need be */
    Client(Path folder, Map<String, String> environment) {
        this(folder, environment, Path.of("/dev/null"));
    }

    private Client(Path folder, Map<String, String> environment, Path input) {
        this.folder = folder;
        this.environment = environment;
        this.input = input;
    }

    /** The same with a file on its standard input. */
    Client reading(Path file) {
        return new Client(folder, environment, file);
    }

    Client with(String variable, String value) {
        var more = new TreeMap<>(environment);
        more.put(variable, value);
        return new Client(folder, more, input);
    }

    Client without(String... variables) {
        var fewer = new TreeMap<>(environment);
        fewer.keySet().removeAll(List.of(variables));
        return new Client(folder, fewer, input);
    }

    Path folder() {
        return folder;
    }

    /** What a command said and ended with. */
    record Result(int code, String out, String err) {}

    Result run(String... arguments) {
        try {
            var out = Files.createTempFile("wherry", ".out");
            var err = Files.createTempFile("wherry", ".err");
            var process = start(out, err, arguments);
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("the client hangs: " + List.of(arguments) + "\n" + Files.readString(err));
            }
            var result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Runs it and insists that it ends well. */
    Result must(String... arguments) {
        var result = run(arguments);
        if (result.code() != 0) {
            throw new AssertionError(
                    List.of(arguments) + " ended with " + result.code() + "\n" + result.out() + result.err());
        }
        return result;
    }

    Process start(Path out, Path err, String... arguments) throws IOException {
        return start(List.of(), out, err, arguments);
    }

    /** @param under a program, with its arguments, that starts it */
    Process start(List<String> under, Path out, Path err, String... arguments) throws IOException {
        Files.createDirectories(folder);
        // Whoever runs the tests in the background of a script hands down that Ctrl-C is ignored.
        var command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(under);
        command.add(Application.launcher().toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("WHERRY_"));
        builder.environment().putAll(environment);
        return builder.redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .redirectInput(input.toFile())
                .start();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
