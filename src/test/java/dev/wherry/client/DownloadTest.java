package dev.wherry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class DownloadTest {
    private static final VirtualPath PATH = VirtualPath.parse("/a.bin");
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

    private void refusedDownload(Fault expected, Peer.Script script) throws IOException {
        var target = folder.resolve("target");
        try (var connection = connectTo(script)) {
            fault(
                    expected,
                    () -> connection.download(
                            PATH, Optional.empty(), LandingFile.open(target, false), TransferWatch.NOBODY));
        }
        assertThat(folder.toFile().list()).isEmpty();
    }

    private static Reply.Data data(byte[] content) {
        return new Reply.Data(content.length, 0, Instant.EPOCH, new Etag("v1"), Optional.of(Peer.sha256(content)));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, BIG})
    void aWrongByteIsFoundOutAndNothingIsLeft(int size) throws IOException {
        refusedDownload(Fault.WRONG_DIGEST, call -> {
            call.next();
            var content = random(size);
            call.send(data(content));
            content[size / 2] ^= 1;
            for (int start = 0; start < size; start += 1_000_000) {
                call.sendChunk(Arrays.copyOfRange(content, start, Math.min(size, start + 1_000_000)));
            }
            call.raw("0 -\n");
            call.send(new Reply.Ok(Map.of()));
        });
    }

    @Test
    void aMissingByteIsFoundOutAndNothingIsLeft() throws IOException {
        refusedDownload(Fault.WRONG_SIZE, call -> {
            call.next();
            call.send(data(random(10)));
            call.sendChunk(random(9));
            call.raw("0 -\n");
            call.send(new Reply.Ok(Map.of()));
        });
    }

    @Test
    void aServerThatGivesUpSaysWhyAndNothingIsLeft() throws IOException {
        refusedDownload(Fault.DISK_FAILED, call -> {
            call.next();
            call.send(data(random(10)));
            call.sendChunk(random(5));
            call.raw("! \"disk\"\n");
            call.refuse(Fault.DISK_FAILED.because("the disk failed"));
        });
    }

    @Test
    void aDownloadWithoutAnyDigestIsNotBelieved() throws IOException {
        refusedDownload(Fault.WRONG_DIGEST, call -> {
            call.next();
            call.send(new Reply.Data(1, 0, Instant.EPOCH, new Etag("v1"), Optional.empty()));
            call.sendChunk(random(1));
            call.raw("0 -\n");
            call.send(new Reply.Ok(Map.of()));
        });
    }

    @Test
    void theDigestOfTheEndMarkIsComparedToo() throws IOException {
        refusedDownload(Fault.WRONG_DIGEST, call -> {
            call.next();
            call.send(new Reply.Data(1, 0, Instant.EPOCH, new Etag("v1"), Optional.empty()));
            call.sendChunk(random(1));
            call.raw("0 " + Peer.sha256(random(2)) + "\n");
            call.send(new Reply.Ok(Map.of()));
        });
    }

    @Test
    void aCutDownloadLeavesNothing() throws IOException {
        var target = folder.resolve("target");
        try (var connection = connectTo(call -> {
            call.next();
            call.send(data(random(BIG)));
            call.sendChunk(random(1_000_000));
            call.cut();
        })) {
            assertThatThrownBy(() -> connection.download(
                            PATH, Optional.empty(), LandingFile.open(target, false), TransferWatch.NOBODY))
                    .isInstanceOf(IOException.class);
        }
        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void aFileThatAppearedMeanwhileIsNotReplaced() throws IOException {
        var server = memory();
        server.put("/a.bin", random(10), Instant.EPOCH);
        var target = folder.resolve("target");
        try (var connection = loggedIn(server)) {
            var landing = LandingFile.open(target, false);
            Files.write(target, random(3));
            fault(Fault.EXISTS, () -> connection.download(PATH, Optional.empty(), landing, TransferWatch.NOBODY));
            assertThat(target).hasBinaryContent(random(3));
            connection.download(PATH, Optional.empty(), LandingFile.open(target, true), TransferWatch.NOBODY);
            assertThat(target).hasBinaryContent(random(10));
        }
        assertThat(folder.toFile().list()).containsExactly("target");
    }
}
