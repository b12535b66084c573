package dev.wherry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.ChunkHeader;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A link that says nothing any more and does not break either: whoever waits finds out, whatever they wait for. */
@Timeout(60)
final class SilenceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final VirtualPath PATH = VirtualPath.parse("/a.bin");
    private static final Precondition ABSENT = new Precondition.Absent();
    private static final String ID = "0f5b1c7a92d34e6f8b01c2d3e4f5a6b7";

    /** More than the buffers of two sockets and of TLS can hold. */
    private static final int BIG = 64 << 20;

    @TempDir
    private Path folder;

    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable Peer peer;

    @AfterEach
    void end() {
        over.countDown();
        if (peer != null) {
            peer.close();
            assertThat(peer.failures()).isEmpty();
        }
    }

    private Connection connectTo(Peer.Script script) throws IOException {
        var running = Peer.running(script);
        peer = running;
        return Connection.open(running.address(), running.trust(), Traffic.TALK, PATIENCE);
    }

    /** The server is there no more, and nothing says so. */
    private void silence() {
        try {
            over.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private Source source(int size) throws IOException {
        return Source.file(Files.write(folder.resolve("source-" + size), new byte[size]));
    }

    @Test
    void inTheMiddleOfAnUploadThatNobodyTakes() throws IOException {
        try (var connection = connectTo(call -> {
                    call.next();
                    call.send(new Reply.Send(ID, 0));
                    silence();
                });
                var source = source(BIG)) {
            assertThatThrownBy(() -> connection.upload(PATH, source, ABSENT, false, TransferWatch.NOBODY))
                    .isInstanceOfSatisfying(
                            UploadCutException.class,
                            cut -> assertThat(cut.upload()).isEqualTo(ID));
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Test
    void whileAPublishIsWaitedFor() throws IOException {
        for (int size : List.of(1_000, 3_000_000)) {
            try (var connection = connectTo(call -> {
                        call.next();
                        call.send(new Reply.Send(ID, 0));
                        call.dataPhase();
                        silence();
                    });
                    var source = source(size)) {
                assertThatThrownBy(() -> connection.upload(PATH, source, ABSENT, false, TransferWatch.NOBODY))
                        .isInstanceOf(IOException.class)
                        .hasStackTraceContaining("did not answer within 2 s");
            }
        }
    }

    /** However long it takes to publish: as long as the server says that it is there. */
    @Test
    void aPublishThatTakesLongIsWaitedForWhileTheServerTellsOfIt() throws IOException {
        try (var connection = connectTo(call -> {
                    call.next();
                    call.send(new Reply.Send(ID, 0));
                    var came = call.dataPhase();
                    for (int i = 0; i < 12; i++) {
                        pause(PATIENCE.dividedBy(4));
                        call.send(new Reply.Ack(came.content().length, 0));
                    }
                    call.send(new Reply.Ok(Map.of("name", "a.bin", "kind", "file", "size", came.content().length)));
                    silence();
                });
                var source = source(3_000_000)) {
            assertThat(connection
                            .upload(PATH, source, ABSENT, false, TransferWatch.NOBODY)
                            .size())
                    .isEqualTo(3_000_000);
        }
    }

    private void pause(Duration time) {
        try {
            assertThat(over.await(time.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void amongManySmallFiles() throws IOException {
        try (var connection = connectTo(call -> {
            call.next();
            assertThat(call.dataPhase().end()).isInstanceOf(ChunkHeader.End.class);
            silence();
        })) {
            var files = new ArrayList<Small>();
            for (int i = 0; i < 1_000; i++) {
                files.add(new SmallUpload(() -> source(200_000), PATH, ABSENT, false, new Nobody<>()));
            }
            assertThatThrownBy(() -> new Pipeline(connection, () -> false).run(files))
                    .isInstanceOf(CannotConnectException.class);
            assertThat(files).hasSize(1_000);
        }
    }

    /** Files that are still read here, however slowly, are no silence of the server's. */
    @Test
    void aSmallFileThatIsNotSentYetIsNotWaitedFor() throws IOException {
        try (var connection = connectTo(call -> {
            for (int i = 0; i < 3; i++) {
                call.next();
                call.dataPhase();
                call.send(new Reply.Ok(Map.of("name", "a.bin", "kind", "file", "size", 1_000)));
            }
        })) {
            var files = new ArrayList<Small>();
            for (int i = 0; i < 3; i++) {
                files.add(new SmallUpload(
                        () -> {
                            pause(PATIENCE.multipliedBy(3).dividedBy(4));
                            return source(1_000);
                        },
                        PATH,
                        ABSENT,
                        false,
                        new Nobody<>()));
            }
            new Pipeline(connection, () -> false).run(files);
            assertThat(files).isEmpty();
        }
    }

    @Test
    void whileEventsAreHeard() throws IOException {
        var events = new ArrayList<Map<String, Object>>();
        try (var connection = connectTo(call -> {
            assertThat(call.next()).isEqualTo(new Request.Tail(true, true));
            call.send(new Reply.Event(Map.of("event", "file-deleted", "path", "/a")));
            call.send(new Reply.Event(Map.of("running", 0)));
            silence();
        })) {
            assertThatThrownBy(() -> connection.tail(new Request.Tail(true, false), events::add))
                    .isInstanceOf(CannotConnectException.class);
        }
        assertThat(events)
                .extracting(event -> Optional.ofNullable(event.get("event")))
                .containsExactly(Optional.of("file-deleted"));
    }

    private static final class Nobody<T> implements Small.Told<T> {
        @Override
        public void done(T result) {}

        @Override
        public void failed(Exception failure) {}
    }
}
