package dev.wherry.storage.backend.disk;

import static dev.wherry.storage.backend.Outcome.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Memory for reading is bounded, comes back when it was sent or dropped, and is never used twice at once. */
@ExtendWith(VertxExtension.class)
class ReadBuffersTest {
    private static final int PIECE = ReadBuffers.PIECE_BYTES;

    private final ReadBuffers buffers = new ReadBuffers(2);

    @Test
    void nothingIsLentBeyondTheBound() throws IOException {
        var first = read(1);
        var second = read(2);
        var third = read(3);
        assertThat(isDirect(first)).isTrue();
        assertThat(isDirect(second)).isTrue();
        assertThat(isDirect(third)).isFalse();
        assertThat(first.getByte(PIECE - 1)).isEqualTo((byte) 1);
        assertThat(second.getByte(0)).isEqualTo((byte) 2);
        assertThat(third.getByte(7)).isEqualTo((byte) 3);
    }

    @Test
    void whatWasSentIsLentAgainAndCannotBeLookedAt() throws IOException {
        var first = read(1);
        var kept = read(2);
        release(first);
        assertThat(isDirect(read(3))).isTrue();
        assertThatThrownBy(() -> first.getByte(0)).isInstanceOf(IllegalStateException.class);
        assertThat(kept.getByte(0)).isEqualTo((byte) 2);
    }

    @Test
    void whatIsDroppedComesBackWhenItIsCollected() throws IOException {
        read(1);
        read(2);
        // Lent before the waiting: lent in each round, they would take what came back from the one who waits.
        await().until(() -> {
            System.gc();
            return isDirect(read(3));
        });
    }

    @Test
    void aReadThatFailsKeepsNothing() {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> buffers.read(PIECE, bytes -> {
                        throw Fault.DISK_FAILED.because("as the test wants it");
                    }))
                    .isInstanceOf(FaultException.class);
        }
        assertThat(buffers).satisfies(after -> assertThat(isDirect(read(1))).isTrue());
    }

    /** Over a real socket, more bytes than there is memory to lend: all arrive, in order and whole. */
    @Test
    void aSocketSendsThemWholeAndGivesThemBack(Vertx vertx) throws IOException {
        var received = Sha256.digest();
        var done = Promise.<Long>promise();
        var total = new long[1];
        var server = result(vertx.createNetServer()
                .connectHandler(socket -> socket.handler(bytes -> {
                            received.update(bytes.getBytes());
                            total[0] += bytes.length();
                        })
                        .endHandler(end -> done.complete(total[0])))
                .listen(0, "localhost"));
        // A client that nobody holds is closed when it is collected.
        var client = vertx.createNetClient();
        var socket = result(client.connect(server.actualPort(), "localhost"));
        var sent = Sha256.digest();
        var random = new Random(3);
        var direct = 0;
        for (int round = 0; round < 40; round++) {
            var writes = new ArrayList<Future<Void>>();
            for (int i = 0; i < 3; i++) {
                var bytes = new byte[PIECE];
                random.nextBytes(bytes);
                var buffer = buffers.read(PIECE, piece -> piece.put(bytes));
                direct += isDirect(buffer) ? 1 : 0;
                sent.update(bytes);
                writes.add(socket.write(buffer));
            }
            result(Future.all(writes));
        }
        result(socket.end());
        assertThat(result(done.future())).isEqualTo(120L * PIECE);
        assertThat(HexFormat.of().formatHex(received.digest()))
                .isEqualTo(HexFormat.of().formatHex(sent.digest()));
        result(client.close());
        assertThat(direct).as("two of three at least, again and again").isGreaterThanOrEqualTo(80);
    }

    private Buffer read(int content) throws IOException {
        return buffers.read(PIECE, bytes -> {
            while (bytes.hasRemaining()) {
                bytes.put((byte) content);
            }
        });
    }

    private static boolean isDirect(Buffer buffer) {
        return ((BufferInternal) buffer).unwrap().isDirect();
    }

    private static void release(Buffer buffer) {
        assertThat(((BufferInternal) buffer).getByteBuf().release()).isTrue();
    }
}
