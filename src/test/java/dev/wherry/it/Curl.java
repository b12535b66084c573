package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * curl as somebody at a terminal runs it.
 *
 * @param folder in which it runs
 * @param always what stands before the arguments of each call
 */
record Curl(Path folder, List<String> always) {
    /** It believes just this certificate, and comes as the administrator. */
    static Curl admin(Path folder, Path certificate) {
        return trusting(folder, certificate).with("--user", "admin:" + RunningServer.PASSWORD);
    }

    static Curl trusting(Path folder, Path certificate) {
        // Its own progress and the settings of whoever runs the tests are none of ours.
        return new Curl(folder, List.of("--disable", "--silent", "--show-error", "--max-time", "120"))
                .with("--cacert", certificate.toString());
    }

    Curl with(String... more) {
        var all = new ArrayList<>(always);
        all.addAll(List.of(more));
        return new Curl(folder, all);
    }

    /** What a program said and ended with. */
    record Said(int code, String out, String err) {}

    Said run(String... arguments) {
        var command = new ArrayList<>(List.of("curl"));
        command.addAll(always);
        command.addAll(List.of(arguments));
        return run(folder, command);
    }

    /** Answers what it printed; it has to end well, and an answer that is an error is not well. */
    String must(String... arguments) {
        var said = with("--fail-with-body").run(arguments);
        assertThat(said.code()).as("%s %s", said.out(), said.err()).isZero();
        return said.out();
    }

    /** Any program. */
    static Said run(Path folder, List<String> command) {
        try {
            var out = Files.createTempFile("said", ".out");
            var err = Files.createTempFile("said", ".err");
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("it hangs: " + command);
            }
            var said = new Said(
                    process.exitValue(), Files.readString(out, StandardCharsets.ISO_8859_1), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return said;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
