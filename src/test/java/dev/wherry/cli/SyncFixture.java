package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;

/** A folder here and one on a server, to be made alike. */
abstract class SyncFixture extends DeskFixture {
    static final Instant THEN = Instant.parse("2020-01-02T03:04:05.678Z");

    SyncFixture(Path folder) {
        super(folder);
    }

    @BeforeEach
    void login() {
        assertThat(desk.login()).as(desk.said()).isZero();
    }

    final void here(String name, String content) throws IOException {
        Files.setLastModifiedTime(desk.write("site/" + name, content), FileTime.from(THEN));
    }

    /** Just this lies in the folder here, seen from above. */
    final void assertHere(String... names) {
        assertThat(desk.folder.resolve("site").toFile().list()).containsExactlyInAnyOrder(names);
    }

    final void there(String name, String content) {
        desk.server.put("/site/" + name, content.getBytes(StandardCharsets.UTF_8), THEN);
    }

    final int up(String... options) {
        return sync(desk.path("site"), ":/site", options);
    }

    final int down(String... options) {
        return sync(":/site", desk.path("site"), options);
    }

    final int sync(String from, String to, String... options) {
        var all = new ArrayList<>(List.of("sync", from, to));
        all.addAll(List.of(options));
        return desk.wherry(all.toArray(String[]::new));
    }

    final long transfers() {
        return desk.peer.requests().stream()
                .filter(request -> request.toString().matches("(Upload|Download)\\[.*"))
                .count();
    }

    final String stored(String name) {
        return new String(desk.server.file("/site/" + name).orElseThrow().content(), StandardCharsets.UTF_8);
    }

    /** Does it once, when the first request comes that reads like this. */
    final void when(String request, Executable does) {
        var done = new AtomicBoolean();
        desk.server.hears = heard -> {
            if (heard.toString().contains(request) && done.compareAndSet(false, true)) {
                try {
                    does.execute();
                } catch (Throwable failed) {
                    throw new AssertionError(failed);
                }
            }
        };
    }
}
