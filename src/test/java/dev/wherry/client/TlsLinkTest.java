package dev.wherry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With both engines, against the platform's sockets at the other end. */
@Timeout(120)
final class TlsLinkTest {
    private static final int BYTES = 5_000_000;

    private static TlsLink linkTo(Peer peer, Traffic traffic) throws IOException {
        var link = new Dialer(peer.address(), peer.trust(), traffic).dial();
        link.patience(Duration.ofSeconds(30));
        assertThat(line(link)).contains("peer");
        return link;
    }

    private static String line(TlsLink link) throws IOException {
        var line = new StringBuilder();
        var one = new byte[1];
        while (link.read(one, 0, 1) == 1) {
            if (one[0] == '\n') {
                return line.toString();
            }
            line.append((char) one[0]);
        }
        throw new AssertionError("it ended after: " + line);
    }

    @Test
    void largeTransfersHaveBoringSsl() {
        assertThat(Seal.hasBoringSsl()).isTrue();
    }

    /** Pieces of all sizes in both directions at once, which is what uploads with acknowledgements are. */
    @ParameterizedTest
    @EnumSource(Traffic.class)
    void whatIsSentComesBackWhileMoreIsSent(Traffic traffic) throws Exception {
        var random = new Random(7);
        var content = new byte[BYTES];
        random.nextBytes(content);
        try (var peer = Peer.running(call -> call.echo(BYTES));
                var link = linkTo(peer, traffic);
                var threads = Executors.newSingleThreadExecutor()) {
            Future<byte[]> back = threads.submit(() -> readAll(link));
            for (int sent = 0; sent < BYTES; ) {
                int piece = Math.min(BYTES - sent, 1 + random.nextInt(random.nextBoolean() ? 40 : 700_000));
                link.write(content, sent, piece);
                sent += piece;
            }
            assertThat(Arrays.equals(back.get(), content)).isTrue();
        }
    }

    private static byte[] readAll(TlsLink link) throws IOException {
        var random = new Random(8);
        var all = new byte[BYTES];
        for (int done = 0; done < BYTES; ) {
            int count = link.read(all, done, Math.min(BYTES - done, 1 + random.nextInt(300_000)));
            assertThat(count).isPositive();
            done += count;
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(Traffic.class)
    void silenceEndsWithPatience(Traffic traffic) throws Exception {
        var done = new CountDownLatch(1);
        try (var peer = Peer.running(call -> await().until(() -> done.getCount() == 0));
                var link = linkTo(peer, traffic)) {
            link.patience(Duration.ofMillis(200));
            assertThatThrownBy(() -> link.read(new byte[10], 0, 10)).isInstanceOf(SocketTimeoutException.class);
            assertThat(link.isClosed()).as("it may be asked again").isFalse();
            done.countDown();
        }
    }

    @ParameterizedTest
    @EnumSource(Traffic.class)
    void theEndIsTold(Traffic traffic) throws Exception {
        try (var peer = Peer.running(call -> {});
                var link = linkTo(peer, traffic)) {
            assertThat(link.read(new byte[10], 0, 10)).isEqualTo(-1);
            assertThat(link.read(new byte[10], 0, 10)).isEqualTo(-1);
        }
    }

    /** Of one who takes nothing: the system's buffers are full, and the writer waits. */
    @ParameterizedTest
    @EnumSource(Traffic.class)
    void closingFreesWhoeverReadsAndWhoeverWrites(Traffic traffic) throws Exception {
        var done = new CountDownLatch(1);
        try (var peer = Peer.running(call -> await().forever().until(() -> done.getCount() == 0))) {
            var link = linkTo(peer, traffic);
            var reading = failing(() -> link.read(new byte[10], 0, 10));
            var writing = failing(() -> {
                while (true) {
                    link.write(new byte[BYTES], 0, BYTES);
                }
            });
            await().until(() -> writing.thread.getStackTrace().length > 0
                    && Arrays.stream(writing.thread.getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().equals("select")));
            link.close();
            link.close();

            assertThat(reading.failure()).isInstanceOf(SocketException.class);
            assertThat(writing.failure()).isInstanceOf(SocketException.class);
            assertThat(link.isClosed()).isTrue();
            done.countDown();
        }
    }

    @ParameterizedTest
    @EnumSource(Traffic.class)
    void aClosedLinkTakesNothing(Traffic traffic) throws Exception {
        try (var peer = Peer.running(call -> {})) {
            var link = linkTo(peer, traffic);
            link.close();
            var bytes = "PING\n".getBytes(StandardCharsets.US_ASCII);
            assertThatThrownBy(() -> link.write(bytes, 0, bytes.length)).isInstanceOf(IOException.class);
        }
    }

    private static Failing failing(Action action) {
        var thrown = new AtomicReference<Throwable>(new AssertionError("it did not fail"));
        var thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                action.run();
            } catch (IOException | RuntimeException failure) {
                thrown.set(failure);
            }
        });
        return new Failing(thread, thrown);
    }

    private record Failing(Thread thread, AtomicReference<Throwable> thrown) {
        Throwable failure() throws InterruptedException {
            thread.join();
            return thrown.get();
        }
    }

    private interface Action {
        void run() throws IOException;
    }
}
