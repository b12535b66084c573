package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A disk that takes all bytes of a file and then fails to give it its name: the kernel says so to a real server, by
 * strace. That the same goes well once strace has gone is the control.
 */
final class RenameFailureIT {
    /** By which the system's library may do it. */
    private static final String RENAMES = "renameat2,renameat,rename";

    private static final int SIZE = 3 << 20;

    @TempDir
    Path temporary;

    private final byte[] old = Payload.bytes(1000, new Random(1));
    private final byte[] bytes = Payload.bytes(SIZE, new Random(2));

    @BeforeEach
    void demandStrace() {
        assumeTrue(Strace.isPermitted(), "strace is not here or not permitted");
    }

    private RunningServer start() {
        return RunningServer.start(temporary.resolve("server")).traced();
    }

    @FunctionalInterface
    private interface Action<T> {
        T run() throws IOException;
    }

    /** Does it while no name can be given. */
    private <T> T failing(RunningServer server, Action<T> action) throws IOException {
        var trace = temporary.resolve("trace");
        T result;
        try (var _ = Strace.injecting(server, RENAMES, "error=EIO", trace)) {
            result = action.run();
        }
        assertThat(Strace.lines(trace)).as("it did fail").anyMatch(line -> line.contains("(INJECTED)"));
        return result;
    }

    private static void assertDiskFailed(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).as(Web.text(response)).isEqualTo(500);
        assertThat(Web.code(response)).isEqualTo("disk-failed");
        assertThat(Web.object(response).getString("detail")).contains("the server's log");
    }

    /** Under the same server once the disk is well again, and under one that was killed and started anew. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasToReplaceAFileWaitsWholeAndTheOldOneStays(boolean killed) throws Exception {
        String upload;
        try (var server = start();
                var web = Web.admin(server)) {
            web.put("/files/film", old);
            var tus = Tus.by(web);
            upload = tus.create(TusIT.metadata("film") + ",overwrite " + Tus.base64("true"), SIZE);
            tus.patch(upload, 0, Arrays.copyOf(bytes, SIZE / 2));
            var last = failing(server, () -> tus.patch(upload, SIZE / 2, Arrays.copyOfRange(bytes, SIZE / 2, SIZE)));
            assertDiskFailed(last);
            assertThat(Web.object(last).getString("detail"))
                    .contains("kept as upload " + upload.substring(upload.lastIndexOf('/') + 1));
            assertThat(server.files().resolve("film")).hasBinaryContent(old);
            assertThat(web.get("/files/film").body()).isEqualTo(old);
            assertThat(Web.items(web.get("/history")))
                    .noneMatch(one -> one.getLong("size") == SIZE
                            && one.getString("outcome").equals("done"));
            if (!killed) {
                assertIsPublished(server, tus, upload);
                return;
            }
            server.kill();
        }
        try (var server = start();
                var web = Web.admin(server)) {
            assertThat(server.files().resolve("film")).hasBinaryContent(old);
            assertIsPublished(server, Tus.by(web), upload);
        }
    }

    private void assertIsPublished(RunningServer server, Tus tus, String upload) {
        var published = tus.patch(upload, SIZE, new byte[0]);
        assertThat(published.statusCode()).as(Web.text(published)).isEqualTo(204);
        assertThat(Web.header(published, "repr-digest")).isEqualTo(Tus.promise(bytes)[1]);
        assertThat(server.files().resolve("film")).hasBinaryContent(bytes);
    }

    @Test
    void aNewNameIsNotThereAndMayBeSentAgain() throws Exception {
        try (var server = start();
                var web = Web.admin(server)) {
            assertDiskFailed(failing(server, () -> web.put("/files/new", bytes)));
            assertThat(web.get("/files/new").statusCode()).isEqualTo(404);
            assertThat(server.files().resolve("new")).doesNotExist();
            assertThat(web.put("/files/new", bytes).statusCode()).isEqualTo(201);
            assertThat(server.files().resolve("new")).hasBinaryContent(bytes);
        }
    }

    @Test
    void aTerminalIsToldWhatFailedAndHowToFinish() throws Exception {
        var client = temporary.resolve("client");
        Files.createDirectories(client);
        Files.write(client.resolve("film"), bytes);
        String upload;
        try (var server = start();
                var web = Web.admin(server)) {
            var terminal = new Client(client, server.clientEnvironment());
            // What it is told is all that it has to know.
            var refused = failing(server, () -> terminal.run("put", "film", ":/film"));
            assertThat(refused.code()).as(refused.err()).isEqualTo(1);
            assertThat(refused.out()).doesNotContain("film");
            assertThat(server.files().resolve("film")).doesNotExist();
            var waiting = Web.items(web.get("/uploads"));
            assertThat(waiting).as(refused.err()).hasSize(1);
            upload = waiting.getFirst().getString("upload");
            assertThat(refused.err()).contains("the disk failed", "the server's log", "kept as upload " + upload);
            assertThat(server.stop()).isZero();
        }
        try (var server = start()) {
            var terminal = new Client(client, server.clientEnvironment());
            terminal.must("put", "--resume", upload, "film");
            assertThat(server.files().resolve("film")).hasBinaryContent(bytes);
        }
    }
}
