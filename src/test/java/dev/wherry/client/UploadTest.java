package dev.wherry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.ChunkHeader;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class UploadTest {
    private static final VirtualPath PATH = VirtualPath.parse("/a.bin");
    private static final Precondition ABSENT = new Precondition.Absent();
    private static final int BIG = 3_000_000;

    @TempDir
    Path folder;

    private @Nullable Peer peer;

    private Connection connectTo(Peer.Script script) throws IOException {
        var running = Peer.running(script);
        peer = running;
        return Connection.open(running.address(), running.trust());
    }

    @AfterEach
    void scriptsRanWell() {
        if (peer != null) {
            peer.close();
            assertThat(peer.failures()).isEmpty();
        }
    }

    private static byte[] random(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("source"), content);
    }

    private static FaultException fault(Fault fault, Action action) {
        var thrown = new AtomicReference<FaultException>();
        assertThatThrownBy(action::run).isInstanceOfSatisfying(FaultException.class, thrown::set);
        assertThat(thrown.get().fault()).isEqualTo(fault);
        return thrown.get();
    }

    private interface Action {
        void run() throws Exception;
    }

    private MemoryServer memory() {
        return new MemoryServer();
    }

    private Connection loggedIn(MemoryServer server) throws IOException {
        var connection = connectTo(server);
        connection.ask(new Request.LoginToken(MemoryServer.TOKEN));
        return connection;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, Chunk.PAYLOAD - 1, Chunk.PAYLOAD, Chunk.PAYLOAD + 1, BIG})
    void everySizeGoesUpAndComesBack(int size) throws IOException {
        var server = memory();
        var content = random(size);
        try (var connection = loggedIn(server);
                var source = Source.file(file(content))) {
            var uploaded = connection.upload(PATH, source, ABSENT, false, TransferWatch.NOBODY);
            assertThat(uploaded.size()).isEqualTo(size);
            assertThat(uploaded.sha256()).isEqualTo(Peer.sha256(content));
            assertThat(server.file("/a.bin").orElseThrow().content()).isEqualTo(content);

            var target = folder.resolve("target");
            var downloaded =
                    connection.download(PATH, Optional.empty(), LandingFile.open(target, false), TransferWatch.NOBODY);
            assertThat(downloaded.sha256()).isEqualTo(Peer.sha256(content));
            assertThat(target).hasBinaryContent(content);
            assertThat(Files.getLastModifiedTime(target).toInstant())
                    .isEqualTo(source.modified().orElseThrow());
            connection.ask(new Request.Quit());
        }
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("source", "target");
    }

    @Test
    void aStreamOfUnknownSizeGoesUp() throws IOException {
        var server = memory();
        var content = random(BIG);
        try (var connection = loggedIn(server)) {
            var source = Source.stream("-", new ByteArrayInputStream(content));
            connection.upload(PATH, source, ABSENT, false, TransferWatch.NOBODY);
        }
        assertThat(server.file("/a.bin").orElseThrow().content()).isEqualTo(content);
    }

    @Test
    void aSlowStreamIsKeptAlive() throws Exception {
        var alive = new CountDownLatch(1);
        try (var writer = new PipedOutputStream();
                var reader = new PipedInputStream(writer);
                var connection = connectTo(call -> {
                    call.next();
                    call.send(new Reply.Send("u", 0));
                    assertThat(call.nextHeader()).isInstanceOf(ChunkHeader.KeepAlive.class);
                    alive.countDown();
                    assertThat(call.dataPhase().isWhole()).isTrue();
                    call.send(new Reply.Ok(Map.of()));
                })) {
            Thread.ofPlatform().daemon().start(() -> {
                try (writer) {
                    alive.await();
                    writer.write("late".getBytes(StandardCharsets.UTF_8));
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            var uploaded = connection.upload(PATH, Source.stream("-", reader), ABSENT, false, TransferWatch.NOBODY);
            assertThat(uploaded.size()).isEqualTo(4);
        }
    }

    @Test
    void progressIsWhatTheServerAcknowledges() throws IOException {
        var seen = new ArrayList<String>();
        try (var connection = connectTo(call -> {
                    call.next();
                    call.send(new Reply.Send("u1", 0));
                    call.send(new Reply.Ack(100, 10));
                    call.dataPhase();
                    call.send(new Reply.Ack(BIG, BIG));
                    call.send(new Reply.Ok(Map.of()));
                });
                var source = Source.file(file(random(BIG)))) {
            connection.upload(PATH, source, ABSENT, false, new TransferWatch() {
                @Override
                public void accepted(String upload) {
                    seen.add(upload);
                }

                @Override
                public void progressed(long bytes, long durable) {
                    seen.add(bytes + "/" + durable);
                }
            });
        }
        assertThat(seen).containsExactly("u1", "100/10", BIG + "/" + BIG);
    }

    @Test
    void aRefusalBeforeTheFirstByteEndsTheDataPhase() throws IOException {
        var ends = new ArrayList<ChunkHeader>();
        try (var connection = connectTo(call -> {
                    call.next();
                    call.refuse(Fault.EXISTS.because("there").with("etag", "v1"));
                    ends.add(call.dataPhase().end());
                    call.next();
                    call.send(new Reply.Ok(Map.of("step", "kept")));
                });
                var source = Source.file(file(random(BIG)))) {
            var exists =
                    fault(Fault.EXISTS, () -> connection.upload(PATH, source, ABSENT, false, TransferWatch.NOBODY));
            assertThat(exists.facts()).containsEntry("etag", "v1");
            assertThat(connection.ask(new Request.Ping())).containsEntry("step", "kept");
        }
        assertThat(ends).hasOnlyElementsOfType(ChunkHeader.GivenUp.class);
    }

    @Test
    void aRefusalInTheMiddleStopsTheSending() throws IOException {
        var source = new Endless();
        try (var connection = connectTo(call -> {
            call.next();
            call.send(new Reply.Send("u", 0));
            call.content((ChunkHeader.Bytes) call.nextHeader());
            call.refuse(Fault.NO_SPACE.because("the disk is full"));
            assertThat(call.dataPhase().end()).isInstanceOf(ChunkHeader.GivenUp.class);
            call.next();
            call.send(new Reply.Ok(Map.of()));
        })) {
            var refused = fault(
                    Fault.NO_SPACE,
                    () -> connection.upload(PATH, Source.stream("-", source), ABSENT, false, TransferWatch.NOBODY));
            assertThat(refused).hasMessage("the disk is full");
            connection.ask(new Request.Ping());
        }
    }

    @Test
    void aRefusalBeforeTheConnectionIsClosedIsHeard() throws IOException {
        try (var connection = connectTo(call -> {
            call.next();
            call.send(new Reply.Send("u", 0));
            call.nextHeader();
            call.refuse(Fault.TOO_SLOW.because("too slow"));
        })) {
            fault(
                    Fault.TOO_SLOW,
                    () -> connection.upload(
                            PATH, Source.stream("-", new Endless()), ABSENT, false, TransferWatch.NOBODY));
        }
    }

    @Test
    void aCutInTheMiddleTellsWhatTheServerKeeps() throws IOException {
        try (var connection = connectTo(call -> {
                    call.next();
                    call.send(new Reply.Send("u7", 0));
                    call.content((ChunkHeader.Bytes) call.nextHeader());
                    call.send(new Reply.Ack(Chunk.PAYLOAD, 4096));
                    // Reads on, so that the cut is an end and not a reset that overtakes the line before it.
                    call.content((ChunkHeader.Bytes) call.nextHeader());
                    call.cut();
                });
                var source = Source.stream("-", new Endless())) {
            assertThatThrownBy(() -> connection.upload(PATH, source, ABSENT, false, TransferWatch.NOBODY))
                    .isInstanceOfSatisfying(
                            UploadCutException.class,
                            cut -> assertThat(cut.upload()).isEqualTo("u7"));
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Test
    void aFileThatChangesWhileItIsSentIsNotPublished() throws IOException {
        var path = file(random(BIG));
        var ends = new ArrayList<ChunkHeader>();
        try (var connection = connectTo(call -> {
                    call.next();
                    Files.write(path, new byte[] {1}, StandardOpenOption.APPEND);
                    call.send(new Reply.Send("u", 0));
                    ends.add(call.dataPhase().end());
                    call.refuse(Fault.STOPPED.because("stopped"));
                    call.next();
                    call.send(new Reply.Ok(Map.of()));
                });
                var source = Source.file(path)) {
            fault(Fault.CHANGED, () -> connection.upload(PATH, source, ABSENT, false, TransferWatch.NOBODY));
            connection.ask(new Request.Ping());
        }
        assertThat(ends).hasOnlyElementsOfType(ChunkHeader.GivenUp.class);
    }

    @Test
    void aSmallFileThatChangedIsNotEvenOffered() throws IOException {
        var server = memory();
        var path = file(random(10));
        try (var connection = loggedIn(server);
                var source = Source.file(path)) {
            Files.write(path, random(11));
            fault(Fault.CHANGED, () -> connection.upload(PATH, source, ABSENT, false, TransferWatch.NOBODY));
            connection.ask(new Request.Stat(VirtualPath.ROOT));
        }
        assertThat(server.file("/a.bin")).isEmpty();
    }

    @Test
    void aStoppedUploadSaysWhatTheServerKeeps() throws IOException {
        try (var connection = connectTo(call -> {
            call.next();
            call.send(new Reply.Send("u9", 0));
            assertThat(call.dataPhase().end()).isInstanceOf(ChunkHeader.GivenUp.class);
            call.refuse(Fault.STOPPED.because("stopped").with("upload", "u9").with("durable", 77L));
        })) {
            var stopped = fault(
                    Fault.STOPPED,
                    () -> connection.upload(
                            PATH, Source.stream("-", new Endless()), ABSENT, false, new TransferWatch() {
                                private int asked;

                                @Override
                                public boolean stopped() {
                                    return ++asked > 3;
                                }
                            }));
            assertThat(stopped.facts()).containsEntry("upload", "u9").containsEntry("durable", 77L);
        }
    }

    @Test
    void aServerThatPublishedSomethingElseIsFoundOut() throws IOException {
        try (var connection = connectTo(call -> {
                    call.next();
                    call.dataPhase();
                    call.send(
                            new Reply.Ok(Map.of("sha256", Peer.sha256(random(9)).hex())));
                });
                var source = Source.file(file(random(10)))) {
            fault(Fault.WRONG_DIGEST, () -> connection.upload(PATH, source, ABSENT, false, TransferWatch.NOBODY));
        }
    }

    @Test
    void aReplyThatIsNoneClosesTheConnection() throws IOException {
        try (var connection = connectTo(call -> {
            call.next();
            call.raw("HTTP/1.1 400 Bad Request\n");
        })) {
            assertThatThrownBy(() -> connection.ask(new Request.Ping())).isInstanceOf(CannotConnectException.class);
            assertThat(connection.isOpen()).isFalse();
        }
    }

    /** Bytes without end. */
    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 7;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return length;
        }
    }
}
