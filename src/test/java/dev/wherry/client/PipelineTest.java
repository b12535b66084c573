package dev.wherry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server says, and whatever goes wrong here, a pipeline comes to its end. */
@Timeout(60)
final class PipelineTest {
    private static final String DATA =
            "DATA {\"size\":%d,\"offset\":0,\"modified\":\"2026-01-02T03:04:05Z\",\"etag\":\"v1\"}\n";

    private static void runs(Peer.Script script, Nobody told) throws IOException {
        try (var peer = Peer.running(script);
                var connection = Connection.open(peer.address(), peer.trust())) {
            var files = new ArrayList<Small>();
            for (int i = 0; i < 20; i++) {
                files.add(new SmallDownload(
                        VirtualPath.parse("/" + i),
                        Optional.empty(),
                        (bytes, whole, teller) -> teller.done(whole),
                        told));
            }
            try {
                new Pipeline(connection, () -> false).run(files);
            } finally {
                assertThat(files.size() + told.failed.get())
                        .as("each is told of, or left")
                        .isEqualTo(20);
            }
        }
    }

    private static final class Nobody implements Small.Told<Downloaded> {
        private final AtomicInteger failed = new AtomicInteger();

        @Override
        public void done(Downloaded result) {
            throw new IllegalStateException("a mistake of our own");
        }

        @Override
        public void failed(Exception failure) {
            failed.incrementAndGet();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void aSizeBelowNothingIsNoSize(long size) {
        assertThatThrownBy(() -> runs(
                        call -> {
                            call.next();
                            call.raw(DATA.formatted(size));
                            call.next();
                        },
                        new Nobody()))
                .isInstanceOf(CannotConnectException.class)
                .hasMessageContaining("size");
    }

    @Test
    void chunksWithoutEndAreNotTaken() {
        assertThatThrownBy(() -> runs(
                        call -> {
                            call.next();
                            call.raw(DATA.formatted(1000));
                            for (int i = 0; i < 1_000_000; i++) {
                                call.sendChunk(new byte[1000]);
                            }
                        },
                        new Nobody()))
                .isInstanceOf(CannotConnectException.class)
                .hasMessageContaining("more");
    }

    @Test
    void aMistakeOfOurOwnIsTold() {
        assertThatThrownBy(() -> runs(
                        call -> {
                            call.next();
                            call.raw(DATA.formatted(0));
                            call.raw("0 " + Peer.sha256(new byte[0]) + "\n");
                            call.raw("OK {}\n");
                            call.next();
                        },
                        new Nobody()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a mistake of our own");
    }
}
