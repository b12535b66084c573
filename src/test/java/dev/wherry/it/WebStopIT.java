package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stop does to those who are in the middle of something at the web door: the same over both HTTPs. */
final class WebStopIT {
    private static final int SENT = 1 << 20;

    @TempDir
    Path home;

    private static Web client(RunningServer server, boolean modern) {
        return modern ? Web.modern(server) : Web.admin(server);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatHasComeOfAnUploadIsKept(boolean modern) throws Exception {
        var bytes = Payload.bytes(3 * SENT, new Random(5));
        String upload;
        try (var server = RunningServer.start(home);
                var watch = Web.admin(server);
                var web = client(server, modern)) {
            var tus = Tus.by(web);
            var sender = new PipedOutputStream();
            upload = tus.create(TusIT.metadata("film"), bytes.length);
            var body = new PipedInputStream(sender, SENT);
            var answer = CompletableFuture.supplyAsync(
                    () -> outcome(() -> tus.patch(upload, 0, BodyPublishers.ofInputStream(() -> body))));
            sender.write(bytes, 0, SENT);
            sender.flush();
            // Over HTTP/2 the JDK sends a piece once it has the next one.
            await().until(() ->
                    Web.items(watch.get("/transfers")).stream().anyMatch(one -> one.getLong("bytes") > SENT / 2));
            long before = System.nanoTime();
            assertThat(server.stop()).as("exit code").isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
            sender.close();
            assertThat(answer.get(1, TimeUnit.MINUTES).filter(one -> one.statusCode() == 204))
                    .as("it was not called whole")
                    .isEmpty();
        }
        try (var server = RunningServer.start(home);
                var web = client(server, modern)) {
            var tus = Tus.by(web);
            int offset = Math.toIntExact(tus.offset(upload));
            assertThat(offset).isBetween(SENT / 2, SENT);
            assertThat(tus.patch(upload, offset, Arrays.copyOfRange(bytes, offset, bytes.length))
                            .statusCode())
                    .isEqualTo(204);
            assertThat(server.files().resolve("film")).hasBinaryContent(bytes);
        }
    }

    @FunctionalInterface
    private interface Asking {
        HttpResponse<byte[]> ask();
    }

    /** The answer, if there was one. */
    private static Optional<HttpResponse<byte[]>> outcome(Asking asking) {
        try {
            return Optional.of(asking.ask());
        } catch (AssertionError broken) {
            return Optional.empty();
        }
    }

    /** Its length was said, or over HTTP/2 its stream is reset: it never looks whole. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDownloadInTheMiddleEndsBrokenAndHoldsUpNothing(boolean modern) throws Exception {
        try (var server = RunningServer.start(home);
                var watch = Web.admin(server);
                var web = client(server, modern)) {
            watch.put("/files/film", new byte[64 << 20]);
            try (var body = web.stream("/files/film")) {
                assertThat(body.read()).isZero();
                await().until(() -> Web.items(watch.get("/transfers")).size() == 1);
                long before = System.nanoTime();
                assertThat(server.stop()).as("exit code").isZero();
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
                assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
            }
        }
    }
}
