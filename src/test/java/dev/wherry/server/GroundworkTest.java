package dev.wherry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wherry.config.Settings;
import dev.wherry.config.Sources;
import dev.wherry.database.DataFolder;
import dev.wherry.fault.FaultException;
import dev.wherry.metrics.ConsoleLog;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroundworkTest {
    @TempDir
    private Path folder;

    @Test
    void whereTheDatabaseCannotBeOpenedNothingIsLeftRunning() throws IOException {
        var data = Files.createDirectory(
                folder.resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.writeString(Files.createFile(data.resolve("wherry.db"), ownerOnly), "no database".repeat(1000));
        var settings = Settings.read(Sources.of("data=" + data));
        var before = vertxThreads();
        assertThatThrownBy(() -> Groundwork.lay(launch(settings))).isInstanceOf(FaultException.class);
        await().untilAsserted(() -> assertThat(before).containsAll(vertxThreads()));
        DataFolder.open(data).close();
    }

    /** What the test above looks for is there while a Vert.x runs. */
    @Test
    void aVertxThatRunsIsSeen() {
        var before = vertxThreads();
        var vertx = Vertx.vertx();
        assertThat(before).isNotEqualTo(vertxThreads());
        vertx.close().await();
        await().untilAsserted(() -> assertThat(before).containsAll(vertxThreads()));
    }

    private static Set<Long> vertxThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vert"))
                .map(Thread::threadId)
                .collect(Collectors.toSet());
    }

    private static Launch launch(Settings settings) {
        return new Launch(
                settings.config(),
                Optional.empty(),
                Path.of("webroot"),
                "0",
                ConsoleLog.standard(settings.config().log(), Clock.systemUTC()),
                Clock.systemUTC(),
                System::nanoTime);
    }
}
