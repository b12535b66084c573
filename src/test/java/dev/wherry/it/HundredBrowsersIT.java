package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.path.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred browsers that upload at once, over both versions of HTTP, in parts as tus-js-client sends them, with and
 * without checksums; some lose their link in the middle and go on, some send whole files; and twenty watch.
 */
final class HundredBrowsersIT {
    private static final int BROWSERS = 100;
    private static final int WATCHERS = 20;
    private static final int PART = Application.isLong() ? 8 << 20 : 1 << 20;
    private static final int PARTS = Application.isLong() ? 6 : 2;
    private static final long MOST_RESIDENT_MIB = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path home;

    private final byte[] part = Payload.bytes(PART, new Random(7));
    private final String checksum = Tus.checksum(part);
    private final AtomicLong heard = new AtomicLong();

    @Test
    void theServerHoldsNoMoreThanItMayAndEveryByteArrives() throws Exception {
        try (var server = RunningServer.start(home, "--set", "transfers.maxPerUser=" + 2 * BROWSERS);
                var threads = Executors.newFixedThreadPool(BROWSERS)) {
            rehearse(server);
            long before = server.peakResidentMiB();
            var watchers = new ArrayList<WebSocket>();
            try (var watching = HttpClient.newBuilder()
                    .sslContext(Web.stranger(server).trust())
                    .build()) {
                for (int number = 0; number < WATCHERS; number++) {
                    watchers.add(watch(server, watching, number));
                }
                try {
                    upload(server, threads);
                } finally {
                    // Their client waits for them when it is closed.
                    watchers.forEach(WebSocket::abort);
                }
                assertThat(heard).as("messages that the watchers heard").hasPositiveValue();
            }
            long peak = server.peakResidentMiB();
            System.out.println("HundredBrowsersIT: " + BROWSERS + " uploads of " + (PART >> 20) * PARTS
                    + " MiB each: before " + before + " MiB, at most " + peak + " MiB resident; live heap afterwards "
                    + server.liveHeapMiB() + " MiB");
            assertThat(peak).isLessThanOrEqualTo(MOST_RESIDENT_MIB);
        }
    }

    /** A cold program loads its classes on the event loop, and that is not what is tested. */
    private void rehearse(RunningServer server) {
        for (int number = 0; number < 5; number++) {
            browse(server, number, "rehearsal " + number);
        }
    }

    private void upload(RunningServer server, ExecutorService threads) throws Exception {
        var barrier = new CyclicBarrier(BROWSERS);
        var running = new ArrayList<Future<?>>();
        for (int number = 0; number < BROWSERS; number++) {
            int mine = number;
            running.add(threads.submit(() -> {
                barrier.await(2, TimeUnit.MINUTES);
                browse(server, mine, "film " + mine);
                return null;
            }));
        }
        for (var one : running) {
            try {
                one.get(20, TimeUnit.MINUTES);
            } catch (ExecutionException failed) {
                throw new AssertionError("the server said:\n" + server.output() + server.errors(), failed.getCause());
            }
        }
        var wanted = whole();
        for (int number = 0; number < BROWSERS; number++) {
            assertThat(Payload.sha256(server.files().resolve("film " + number)))
                    .as("film %s", number)
                    .isEqualTo(wanted);
        }
    }

    private Sha256 whole() {
        var digest = Sha256.digest();
        for (int i = 0; i < PARTS; i++) {
            digest.update(part);
        }
        return Sha256.of(digest);
    }

    /** Every other one speaks HTTP/2; of five one sends no checksums, one loses its link, one sends the file whole. */
    private void browse(RunningServer server, int number, String name) {
        try (var web = (number % 2 == 0 ? Web.modern(server) : Web.admin(server)).patient(PATIENCE)) {
            var tus = Tus.by(web);
            switch (number % 5) {
                case 0 -> sendWhole(web, name);
                case 1 -> sendParts(tus, create(tus, name), 0, false);
                case 2 -> {
                    var upload = create(tus, name);
                    sendHalf(tus, upload);
                    sendParts(tus, upload, offset(tus, upload), false);
                }
                default -> sendParts(tus, create(tus, name), 0, true);
            }
        }
    }

    private void sendWhole(Web web, String name) {
        var all = new ArrayList<byte[]>();
        for (int i = 0; i < PARTS; i++) {
            all.add(part);
        }
        var sent = web.send("PUT", "/files/" + name.replace(" ", "%20"), BodyPublishers.ofByteArrays(all));
        assertThat(sent.statusCode()).as(Web.text(sent)).isEqualTo(201);
    }

    private static String create(Tus tus, String name) {
        return tus.create(Tus.filename(name), (long) PART * PARTS);
    }

    private void sendParts(Tus tus, String upload, long from, boolean summed) {
        long offset = from;
        while (offset < (long) PART * PARTS) {
            int begin = (int) (offset % PART);
            var body = BodyPublishers.ofByteArray(part, begin, PART - begin);
            var more = summed && begin == 0 ? new String[] {"Upload-Checksum", checksum} : new String[0];
            var sent = tus.patch(upload, offset, body, more);
            assertThat(sent.statusCode()).as(Web.text(sent)).isEqualTo(204);
            offset = Long.parseLong(Web.header(sent, "upload-offset"));
        }
    }

    /** A part whose sender is gone before its end. */
    private void sendHalf(Tus tus, String upload) {
        try {
            tus.begun(upload, part, PART / 2).close();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Once the server has noticed that nobody sends it any more. */
    private static long offset(Tus tus, String upload) {
        return await().atMost(PATIENCE)
                .until(() -> settled(tus, upload), OptionalLong::isPresent)
                .getAsLong();
    }

    /** Where it stands; nothing while it still moves. */
    private static OptionalLong settled(Tus tus, String upload) {
        long offset = tus.offset(upload);
        var empty = tus.patch(upload, offset, BodyPublishers.noBody());
        if (empty.statusCode() == 409) {
            return OptionalLong.empty();
        }
        assertThat(empty.statusCode()).as(Web.text(empty)).isEqualTo(204);
        return OptionalLong.of(offset);
    }

    /** Of four one never reads. */
    private WebSocket watch(RunningServer server, HttpClient client, int number) {
        boolean reads = number % 4 != 0;
        return client.newWebSocketBuilder()
                .header("Authorization", Web.basic("admin", RunningServer.PASSWORD))
                .connectTimeout(Duration.ofMinutes(1))
                .buildAsync(URI.create("wss://localhost:" + server.webPort() + "/live"), new WebSocket.Listener() {
                    @Override
                    public void onOpen(WebSocket socket) {
                        if (reads) {
                            socket.request(1);
                        }
                    }

                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                        heard.incrementAndGet();
                        socket.request(1);
                        return CompletableFuture.completedStage("");
                    }
                })
                .join();
    }
}
