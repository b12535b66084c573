package dev.wherry.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server sends that no server may send costs one file, and no memory. */
@Timeout(60)
final class SmallDownloadTest {
    private static final byte[] CONTENT = {1, 2, 3, 4};
    private static final VirtualPath ONE = VirtualPath.parse("/one");
    private static final VirtualPath TWO = VirtualPath.parse("/two");
    private static final VirtualPath BAD = VirtualPath.parse("/bad");

    private final List<Exception> failures = new CopyOnWriteArrayList<>();
    private final List<Downloaded> landed = new CopyOnWriteArrayList<>();
    private @Nullable Peer peer;

    @AfterEach
    void scriptsRanWell() {
        if (peer != null) {
            peer.close();
            assertThat(peer.failures()).isEmpty();
        }
    }

    /** What the server says of one file. */
    private interface Bad {
        void send(Peer.Call call) throws IOException;
    }

    private static void data(Peer.Call call, long size) throws IOException {
        call.send(new Reply.Data(size, 0, Instant.EPOCH, new Etag("e"), Optional.of(Peer.sha256(CONTENT))));
    }

    /** Fetches one that the server answers badly, between two that it answers well. */
    private void fetch(Bad bad) throws IOException {
        fetch(bad, List.of(ONE, BAD, TWO));
    }

    private void fetch(Bad bad, List<VirtualPath> paths) throws IOException {
        var running = Peer.running(call -> {
            for (var request = call.next(); request != null; request = call.next()) {
                if (request instanceof Request.Download download
                        && download.path().equals(BAD)) {
                    bad.send(call);
                } else {
                    data(call, CONTENT.length);
                    call.sendChunk(CONTENT);
                    call.raw("0 -\n");
                    call.send(new Reply.Ok(Map.of()));
                }
            }
        });
        peer = running;
        var files = new ArrayList<Small>();
        for (var path : paths) {
            files.add(new SmallDownload(path, Optional.empty(), this::land, new Told()));
        }
        new Persistent(() -> Connection.open(running.address(), running.trust()), Patience.usual())
                .pipeline(files, TransferWatch.NOBODY);
        assertThat(files).isEmpty();
    }

    private void land(byte[] bytes, Downloaded whole, Small.Told<Downloaded> told) {
        assertThat(bytes).startsWith(CONTENT);
        told.done(whole);
    }

    private void assertOnlyThatFailed(Fault fault) {
        assertThat(failures)
                .singleElement()
                .isInstanceOfSatisfying(
                        FaultException.class,
                        failure -> assertThat(failure.fault()).isEqualTo(fault));
        assertThat(landed).hasSize(2);
    }

    @Test
    void moreBytesThanWereAnnouncedAreNotTaken() throws IOException {
        fetch(call -> {
            data(call, 4);
            call.sendChunk(CONTENT);
            call.sendChunk(new byte[100_000]);
        });
        assertOnlyThatFailed(Fault.WRONG_SIZE);
    }

    @Test
    void aChunkLongerThanAnyMayBeIsNotTaken() throws IOException {
        fetch(call -> {
            data(call, 2_000_000);
            call.raw("1048577\n");
        });
        assertOnlyThatFailed(Fault.CHUNK_TOO_LONG);
    }

    @Test
    void anythingButALengthIsNotTaken() throws IOException {
        for (var line : List.of("-1\n", "007\n", "99999999999999999999\n", "hello\n")) {
            failures.clear();
            landed.clear();
            fetch(call -> {
                data(call, 4);
                call.raw(line);
            });
            assertOnlyThatFailed(line.startsWith("9") ? Fault.CHUNK_TOO_LONG : Fault.MALFORMED);
        }
    }

    /** With nothing behind it that would have to go again, nothing does. */
    @Test
    void theLastOneFailsAlone() throws IOException {
        fetch(
                call -> {
                    data(call, 4);
                    call.raw("hello\n");
                },
                List.of(ONE, TWO, BAD));
        assertOnlyThatFailed(Fault.MALFORMED);
    }

    @Test
    void whatOnlyPretendsToBeSmallGetsNoMemory() throws IOException {
        fetch(call -> data(call, 1L << 40));
        assertOnlyThatFailed(Fault.CHANGED);
    }

    @Test
    void fewerBytesThanWereAnnouncedAreNotKept() throws IOException {
        fetch(call -> {
            data(call, 5);
            call.sendChunk(CONTENT);
            call.raw("0 -\n");
            call.send(new Reply.Ok(Map.of()));
        });
        assertOnlyThatFailed(Fault.WRONG_SIZE);
    }

    private final class Told implements Small.Told<Downloaded> {
        @Override
        public void done(Downloaded result) {
            landed.add(result);
        }

        @Override
        public void failed(Exception failure) {
            failures.add(failure);
        }
    }
}
