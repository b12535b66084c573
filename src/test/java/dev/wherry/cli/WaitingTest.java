package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.protocol.Request;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class WaitingTest extends DeskFixture {
    private static final int SIZE = 9 << 20;

    private final AtomicInteger asked = new AtomicInteger();

    WaitingTest(@TempDir Path folder) {
        super(folder);
    }

    @BeforeEach
    void login() {
        assertThat(desk.login()).as(desk.said()).isZero();
        desk.server.hears = request -> {
            if (request instanceof Request.Uploads) {
                asked.incrementAndGet();
            }
        };
        desk.write("film", new byte[SIZE]);
        desk.write("note", "small");
    }

    private void unfinished(String id, String path, long size, boolean running) {
        desk.server.uploads.put(
                id, Map.of("upload", id, "path", path, "size", size, "durable", 1L, "running", running));
    }

    @Test
    void whatIsSentAnewAlthoughAPartWaitsIsTold() {
        unfinished("4f2a", "/film", SIZE, false);
        assertThat(desk.wherry("put", desk.path("film"))).as(desk.said()).isZero();
        assertThat(desk.err())
                .contains("an unfinished upload of " + desk.path("film") + " waits there\n")
                .contains("to go on:      wherry put --resume 4f2a " + desk.path("film") + "\n")
                .contains("to give it up: wherry uploads cancel 4f2a\n");
        assertThat(desk.server.file("/film")).isPresent();

        desk.environment.put("WHERRY_STARTED_AS", "scripts/wherry");
        desk.wherry("put", "--overwrite", desk.path("film"));
        assertThat(desk.err())
                .contains("to go on:      scripts/wherry put --resume 4f2a " + desk.path("film") + "\n")
                .contains("to give it up: scripts/wherry uploads cancel 4f2a\n");

        desk.wherry("put", "--overwrite", "--json", desk.path("film"));
        assertThat(desk.said()).doesNotContain("waits");
    }

    /** Another file of that name, a part of another, and one that somebody sends just now. */
    @Test
    void whatIsNoPartOfItIsNot() {
        unfinished("1111", "/film", SIZE + 1, false);
        unfinished("2222", "/films", SIZE, false);
        unfinished("3333", "/film", SIZE, true);
        assertThat(desk.wherry("put", desk.path("film"))).as(desk.said()).isZero();
        assertThat(desk.err()).doesNotContain("waits");
        assertThat(asked).hasValue(1);
    }

    @Test
    void smallFilesCostNoQuestion() {
        assertThat(desk.wherry("put", desk.path("note"))).as(desk.said()).isZero();
        assertThat(asked).hasValue(0);
    }
}
