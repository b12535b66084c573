package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

/** Somebody with a terminal, whose server has nothing to complain of in the end. */
abstract class DeskFixture {
    /** When what is stored was changed. */
    static final Instant CHANGED = Instant.parse("2026-01-02T03:04:05Z");

    final Desk desk;

    DeskFixture(Path folder) {
        this.desk = new Desk(folder);
    }

    @AfterEach
    final void close() {
        desk.close();
        assertThat(desk.peer.failures()).isEmpty();
    }

    /** Puts a file on the server, as if somebody had. */
    final void store(String path, String content) {
        desk.server.put(path, content.getBytes(StandardCharsets.UTF_8), CHANGED);
    }
}
