package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wherry.client.Connection;
import dev.wherry.client.Source;
import dev.wherry.client.TransferWatch;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Precondition;
import dev.wherry.path.Sha256;
import dev.wherry.protocol.ReplyLine;
import dev.wherry.protocol.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is too small, played by a file system in memory, where the account may mount one. */
final class FullDiskIT {
    private static final int DISK = 24 << 20;
    private static final int THERE = 2 << 20;

    @TempDir
    Path temporary;

    private Path disk = Path.of("");

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(temporary.resolve("disk"));
        assumeTrue(
                runs("mount", "-t", "tmpfs", "-o", "size=" + DISK, "tmpfs", disk.toString()),
                "this account may not mount a file system");
    }

    @AfterEach
    void unmount() throws Exception {
        assertThat(runs("umount", "--lazy", disk.toString())).isTrue();
    }

    @Test
    void whatCannotFitIsRefusedBeforeItsFirstByte() throws Exception {
        try (var server = start()) {
            var client = new Client(temporary.resolve("client"), server.clientEnvironment());
            var large = Payload.make(client.folder().resolve("large"), DISK + 1, new Random(1));
            var refused = client.run("put", "large", ":/large");
            assertThat(refused.code()).as(refused.err()).isEqualTo(10);
            assertThat(refused.err()).contains("space");
            assertThat(large.size()).isGreaterThan(DISK);
            assertThat(names()).isEmpty();
            assertThat(staged()).isEmpty();
            try (var connection = new Peers(server).connect()) {
                assertRefused(() -> upload(connection, "/large", large.file()));
                var fits = Payload.make(temporary.resolve("fits"), THERE, new Random(2));
                upload(connection, "/large", fits.file());
            }
        }
    }

    @Test
    void aDiskThatFillsUpInTheMiddleLosesNothingButTheUpload() throws Exception {
        var there = Payload.make(temporary.resolve("there"), THERE, new Random(3));
        try (var server = start()) {
            var peers = new Peers(server);
            try (var connection = peers.connect()) {
                upload(connection, "/there", there.file());
                assertRefused(() -> stream(connection, "/stream", new byte[2 * DISK], new Precondition.Absent()));
                assertThat(names()).containsExactly("there");
                assertThat(Payload.sha256(disk.resolve("there"))).isEqualTo(there.sha256());
            }
            // One part file at most, of the upload that can be resumed.
            assertThat(staged()).hasSizeLessThanOrEqualTo(1);
            try (var connection = peers.connect()) {
                // Also over what is there: its old version stays.
                assertRefused(() -> stream(connection, "/there", new byte[2 * DISK], new Precondition.Any()));
                assertThat(download(connection)).isEqualTo(there.sha256());
                connection.ask(new Request.MakeFolder(Peers.path("/goes-on")));
                connection.ask(new Request.Delete(Peers.path("/there")));
            }
            try (var connection = peers.connect()) {
                var small = Files.write(temporary.resolve("small"), new byte[1000]);
                upload(connection, "/goes-on/small", small);
                assertThat(disk.resolve("goes-on/small")).hasSize(1000);
            }
            assertThat(server.stop()).isZero();
        }
    }

    @Test
    void anUploadThatFailsAfterItsEndMarkLetsGoOfItsName() throws Exception {
        try (var server = start()) {
            var peers = new Peers(server);
            // The small one has its end mark behind it before the disk refuses, the large one may not have.
            for (int size : List.of(60 << 10, 900 << 10)) {
                var whole = WireClient.wholeUpload("/late-" + size, "unknown", Payload.bytes(size, new Random(4)));
                var filler = fillBut(20 << 10);
                assertThat(answer(server, peers, whole)).contains("\"no-space\"");
                Files.delete(filler);
                assertThat(answer(server, peers, whole)).startsWith("OK ");
            }
        }
    }

    private Path fillBut(int room) throws IOException {
        long size = Files.getFileStore(disk).getUsableSpace() - room;
        return Files.write(disk.resolve("filler"), new byte[Math.toIntExact(size)]);
    }

    private static String answer(RunningServer server, Peers peers, byte[] upload) throws IOException {
        try (var client = WireClient.loggedIn(server, peers.token())) {
            return ReplyLine.write(client.send(upload).outcome());
        }
    }

    private RunningServer start() {
        return RunningServer.start(temporary.resolve("server"), disk.toString(), "--set", "files.keepFree=0");
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    private static void assertRefused(Action action) {
        assertThatExceptionOfType(FaultException.class).isThrownBy(action::run).satisfies(refused -> {
            assertThat(refused.fault()).isEqualTo(Fault.NO_SPACE);
            assertThat(refused).hasMessageMatching(".*(space|full).*");
        });
    }

    private static void upload(Connection connection, String path, Path file) throws IOException {
        try (var source = Source.file(file)) {
            connection.upload(Peers.path(path), source, new Precondition.Absent(), false, TransferWatch.NOBODY);
        }
    }

    private static void stream(Connection connection, String path, byte[] content, Precondition expected)
            throws IOException {
        var source = Source.stream("stream", new ByteArrayInputStream(content));
        connection.upload(Peers.path(path), source, expected, false, TransferWatch.NOBODY);
    }

    private static Sha256 download(Connection connection) throws IOException {
        return connection
                .download(Peers.path("/there"), Optional.empty(), Payload.NOWHERE, TransferWatch.NOBODY)
                .sha256();
    }

    private List<String> names() throws IOException {
        try (var entries = Files.list(disk)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.startsWith(".wherry"))
                    .toList();
        }
    }

    private List<Path> staged() throws IOException {
        try (var entries = Files.list(disk.resolve(".wherry-staging"))) {
            return entries.toList();
        }
    }

    private static boolean runs(String... command) throws Exception {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }
}
