package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the build keeps of its rehearsal is used, and is never in the way. */
@Timeout(300)
final class QuickenIT {
    @TempDir
    Path folder;

    @Test
    void theCacheOfTheBuildIsUsed() throws Exception {
        assumeThat(caches(application())).as("this build has rehearsed").isNotEmpty();

        assertThat(run(application(), "-Xlog:class+load:stderr", "--version"))
                .contains("picocli.CommandLine source: shared");
    }

    @Test
    void aCacheThatDoesNotFitIsPassedOverInSilence() throws Exception {
        var copy = folder.resolve("copy");
        copy(application(), copy);
        assumeThat(caches(copy)).as("this build has rehearsed").isNotEmpty();
        var plain = run(copy, "", "--version");

        Files.setLastModifiedTime(copy.resolve("lib/wherry.jar"), FileTime.fromMillis(0));
        assertThat(run(copy, "", "--version")).isEqualTo(plain);
        for (var file : caches(copy)) {
            Files.writeString(file, "no cache");
        }
        assertThat(run(copy, "", "--version")).isEqualTo(plain);
    }

    private static Path application() {
        return Application.launcher().resolve("../..").normalize();
    }

    private static List<Path> caches(Path application) throws IOException {
        var quick = application.resolve("lib/quick");
        if (!Files.isDirectory(quick)) {
            return List.of();
        }
        try (var files = Files.walk(quick)) {
            return files.filter(file -> file.toString().endsWith(".aot")).toList();
        }
    }

    private String run(Path application, String options, String... arguments) throws Exception {
        var said = Files.createTempFile(folder, "said", "");
        var command = new ArrayList<>(List.of(application.resolve("bin/wherry").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("WHERRY_JAVA_OPTS", options);
        var process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readString(said);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }
    }
}
