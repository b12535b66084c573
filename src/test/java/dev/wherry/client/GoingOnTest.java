package dev.wherry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.ChunkHeader;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class GoingOnTest {
    @Test
    void whatGoesAgainIsNotHashedAgainAndWhatIsMissingIsRead(@TempDir Path folder) throws IOException {
        var bytes = new byte[3 * Chunk.PAYLOAD + 17];
        new Random(5).nextBytes(bytes);
        var file = Files.write(folder.resolve("file"), bytes);
        var digest = new RunningDigest();
        try (var source = Source.file(file)) {
            digest.readTo(100_000, source, new Chunk(), () -> false);
            for (long start : List.of(50_000L, 400_000L, 10L)) {
                try (var ahead = new ReadAhead(source, digest, start)) {
                    for (var chunk = ahead.poll(5_000);
                            chunk != null && chunk.length() > 0;
                            chunk = start == 10 ? ahead.poll(5_000) : null) {
                        ahead.recycle(chunk);
                    }
                }
            }
            assertThat(digest.hashed()).isEqualTo(bytes.length);
        }
        assertThat(digest.sha256()).isEqualTo(Peer.sha256(bytes));
    }

    @Test
    void whatTheServerKeepsIsHashedBeforeItIsToldToWait(@TempDir Path folder) throws IOException {
        var bytes = new byte[3 * Chunk.PAYLOAD];
        new Random(6).nextBytes(bytes);
        var kept = 2 * Chunk.PAYLOAD;
        var slept = new AtomicLong();
        var pace = new Pace(1000, () -> 0, slept::addAndGet);
        var hashed = new AtomicLong(-1);
        try (var source = pace.slowed(Source.file(Files.write(folder.resolve("file"), bytes)))) {
            var sending = Sending.goingOn("u1", source, Optional.empty(), Optional.empty());
            Peer.Script script = call -> {
                for (var request = call.next(); request != null; request = call.next()) {
                    if (request instanceof Request.Uploads) {
                        call.send(new Reply.Item(Map.of("upload", "u0", "durable", 7L)));
                        call.send(new Reply.Item(Map.of("upload", "u1", "durable", (long) kept)));
                        call.send(new Reply.Ok(Map.of("count", 2L)));
                    } else {
                        hashed.set(sending.digest().hashed());
                        call.send(new Reply.Send("u1", kept));
                        call.dataPhase();
                        call.send(new Reply.Ok(Map.of(
                                "path",
                                "/file",
                                "size",
                                bytes.length,
                                "sha256",
                                Peer.sha256(bytes).hex())));
                    }
                }
            };
            try (var peer = Peer.running(script);
                    var connection = Connection.open(peer.address(), peer.trust())) {
                var uploaded = connection.upload(sending, TransferWatch.NOBODY);
                assertThat(uploaded.sha256()).isEqualTo(Peer.sha256(bytes));
                assertThat(peer.failures()).isEmpty();
            }
        }
        assertThat(hashed).hasValue(kept);
        assertThat(slept).as("only what goes is held back").hasValue(1_000_000L * Chunk.PAYLOAD);
    }

    @Test
    void anUploadThatWasFinishedIsNotTheFileThatHasChangedSince(@TempDir Path folder) throws IOException {
        var published = "content".getBytes(StandardCharsets.UTF_8);
        Peer.Script script = call -> {
            for (var request = call.next(); request != null; request = call.next()) {
                if (request instanceof Request.Resume) {
                    call.send(new Reply.Ok(Map.of(
                            "path",
                            "/file",
                            "size",
                            7L,
                            "sha256",
                            Peer.sha256(published).hex())));
                    assertThat(call.dataPhase().end()).isInstanceOf(ChunkHeader.GivenUp.class);
                } else {
                    call.send(new Reply.Ok(Map.of("count", 0L)));
                }
            }
        };
        try (var peer = Peer.running(script);
                var connection = Connection.open(peer.address(), peer.trust())) {
            for (var text : List.of("content and more", "CONTENT", "cont", "content")) {
                try (var source = Source.file(Files.writeString(folder.resolve("file"), text))) {
                    var sending = Sending.goingOn("u1", source, Optional.empty(), Optional.empty());
                    if (text.equals("content")) {
                        assertThat(connection
                                        .upload(sending, TransferWatch.NOBODY)
                                        .size())
                                .isEqualTo(7);
                    } else {
                        assertThatThrownBy(() -> connection.upload(sending, TransferWatch.NOBODY))
                                .as(text)
                                .isInstanceOfSatisfying(
                                        FaultException.class,
                                        fault -> assertThat(fault.fault()).isEqualTo(Fault.CHANGED));
                    }
                }
            }
            assertThat(peer.failures()).isEmpty();
        }
    }

    /** Where bytes that are gone and those that follow are alike, both digests would agree on a shorter file. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"TOO_SLOW", "UNAVAILABLE"})
    void aPipeThatTheServerEndsInTheMiddleIsNotGoneOnWith(Fault passing) throws IOException {
        var received = new AtomicInteger();
        Peer.Script script = call -> {
            for (var request = call.next(); request != null; request = call.next()) {
                if (request instanceof Request.Upload) {
                    call.send(new Reply.Send("u1", 0));
                    received.set(call.content((ChunkHeader.Bytes) call.nextHeader()).length);
                    call.refuse(passing.because("not now").with("upload", "u1").with("durable", 5L));
                    call.dataPhase();
                } else {
                    call.send(new Reply.Send("u1", received.get()));
                    call.dataPhase();
                    call.send(new Reply.Ok(Map.of()));
                }
            }
        };
        try (var peer = Peer.running(script);
                var connection = Connection.open(peer.address(), peer.trust())) {
            var source = Source.stream("-", new ByteArrayInputStream(new byte[200 * Chunk.PAYLOAD]));
            var path = VirtualPath.parse("/zeros");
            var sending = Sending.anew(path, source, new Precondition.Absent(), false);
            var clock = new AtomicLong();
            var persistent = new Persistent(() -> connection, new Patience(clock::get, clock::addAndGet));
            assertThatThrownBy(() -> persistent.upload(sending, TransferWatch.NOBODY))
                    .isInstanceOfSatisfying(
                            UploadCutException.class,
                            cut -> assertThat(cut.upload()).isEqualTo("u1"))
                    .hasMessage("not now, and a pipe cannot be read again");
            assertThat(peer.requests()).hasSize(1);
            assertThat(peer.failures()).isEmpty();
        }
    }

    @Test
    void whoStopsWhileTheBeginningIsReadHearsWhatIsKept(@TempDir Path folder) throws IOException {
        Peer.Script script = call -> {
            while (call.next() instanceof Request.Uploads) {
                call.send(new Reply.Item(Map.of("upload", "u1", "durable", 7L)));
                call.send(new Reply.Ok(Map.of("count", 1L)));
            }
        };
        try (var peer = Peer.running(script);
                var connection = Connection.open(peer.address(), peer.trust());
                var source = Source.file(Files.write(folder.resolve("file"), new byte[2 << 20]))) {
            var sending = Sending.goingOn("u1", source, Optional.empty(), Optional.empty());
            var persistent = new Persistent(() -> connection, new Patience(() -> 0, _ -> {}));
            var stopped = new TransferWatch() {
                @Override
                public boolean stopped() {
                    return true;
                }
            };
            assertThatThrownBy(() -> persistent.upload(sending, stopped))
                    .isInstanceOfSatisfying(FaultException.class, stop -> {
                        assertThat(stop.fault()).isEqualTo(Fault.STOPPED);
                        assertThat(stop.facts()).containsEntry("upload", "u1").containsEntry("durable", 7L);
                    });
            assertThat(peer.failures()).isEmpty();
        }
    }

    /** The link broke while the version was removed that was to be replaced: what the server keeps is of use still. */
    @Test
    void whatIsKeptIsNotGivenUpBecauseTheTargetIsGone(@TempDir Path folder) throws IOException {
        Peer.Script script = call -> {
            for (var request = call.next(); request != null; request = call.next()) {
                if (request instanceof Request.Upload) {
                    call.send(new Reply.Send("u1", 0));
                    call.content((ChunkHeader.Bytes) call.nextHeader());
                    call.refuse(Fault.UNAVAILABLE.because("stopping"));
                } else {
                    call.refuse(Fault.CHANGED.because("gone: /file").with("path", "/file"));
                }
                call.dataPhase();
            }
        };
        var file = Files.write(folder.resolve("file"), new byte[2 << 20]);
        try (var peer = Peer.running(script);
                var connection = Connection.open(peer.address(), peer.trust());
                var source = Source.file(file)) {
            var version = new Precondition.Version(new Etag("v1"));
            var sending = Sending.anew(VirtualPath.parse("/file"), source, version, false);
            var clock = new AtomicLong();
            var persistent = new Persistent(() -> connection, new Patience(clock::get, clock::addAndGet));
            assertThatThrownBy(() -> persistent.upload(sending, TransferWatch.NOBODY))
                    .isInstanceOfSatisfying(
                            FaultException.class,
                            gone -> assertThat(gone.fault()).isEqualTo(Fault.CHANGED));
            assertThat(sending.upload()).contains("u1");
            assertThat(peer.requests()).hasSize(2);
            assertThat(peer.failures()).isEmpty();
        }
    }

    @Test
    void whatHasGoneThroughAPipeIsNotTakenForWhatFollows() throws IOException {
        var pipe = Source.stream("-", new ByteArrayInputStream(new byte[2 * Chunk.PAYLOAD]));
        var digest = new RunningDigest();
        try (var ahead = new ReadAhead(pipe, digest, 0)) {
            for (var chunk = ahead.poll(5_000); chunk != null && chunk.length() > 0; ) {
                ahead.recycle(chunk);
                chunk = ahead.poll(5_000);
            }
            assertThat(ahead.sha256()).isNotNull();
        }
        for (long elsewhere : new long[] {digest.hashed() - 1, digest.hashed() + 1}) {
            try (var ahead = new ReadAhead(pipe, digest, elsewhere)) {
                assertThatThrownBy(() -> ahead.poll(5_000))
                        .isInstanceOf(ReadAhead.SourceException.class)
                        .hasMessageContaining("a pipe cannot be read again");
            }
        }
    }

    @Test
    void pausesDoubleUntilTwoMinutesHavePassedWithoutProgress() throws IOException {
        var now = new AtomicLong();
        var pauses = new ArrayList<Long>();
        var patience = new Patience(now::get, now::addAndGet);
        for (long before = 0; patience.waits(() -> false); before = now.get()) {
            pauses.add((now.get() - before) / 1_000_000);
        }
        assertThat(pauses).startsWith(500L, 1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L);
        assertThat(now.get()).isEqualTo(Duration.ofMinutes(2).toNanos());
        patience.progressed();
        assertThat(patience.waits(() -> false)).isTrue();
        assertThat(patience.waits(() -> true)).isFalse();
    }
}
