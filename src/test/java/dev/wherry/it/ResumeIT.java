package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.fault.Fault;
import dev.wherry.protocol.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that lose their link, their server or their name, and go on: with bytes of the test's own on the wire. */
final class ResumeIT {
    private static final int MEBIBYTE = 1 << 20;
    private static final int CHUNK = 64 * 1024;

    private static Path home;
    private static RunningServer server;

    private final Random random = new Random(11);

    @BeforeAll
    static void start(@TempDir Path temporary) {
        home = temporary;
        server = RunningServer.start(home);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private WireClient admin() throws IOException {
        return WireClient.loggedIn(server, "admin", RunningServer.PASSWORD);
    }

    @Test
    void anUploadWhoseLinkIsCutInsideAChunkGoesOn() throws IOException {
        var bytes = Payload.bytes(6 * MEBIBYTE, random);
        var id = cutInsideAChunk("/a.bin", bytes, 3 * MEBIBYTE);
        assertThat(goOn(id, bytes)).isPositive();
        assertThat(server.files().resolve("a.bin")).hasBinaryContent(bytes);
    }

    @Test
    void anUploadGoesOnAfterItsServerWasKilled() throws Exception {
        var bytes = Payload.bytes(24 * MEBIBYTE, random);
        String id;
        try (var sender = admin()) {
            id = begin(sender, "/b.bin", bytes.length);
            sender.send(chunks(bytes, 0, 20 * MEBIBYTE));
            var ack = sender.reply();
            while (!(ack instanceof Reply.Ack(var received, var durable)) || received < 20 * MEBIBYTE) {
                ack = sender.reply();
            }
            server.kill();
        }
        server = RunningServer.start(home);
        assertThat(goOn(id, bytes)).as("the kernel lost nothing").isEqualTo(20L * MEBIBYTE);
        assertThat(server.files().resolve("b.bin")).hasBinaryContent(bytes);
    }

    @Test
    void theNewerSenderStopsTheOlder() throws IOException {
        var bytes = Payload.bytes(4 * MEBIBYTE, random);
        try (var older = admin()) {
            var id = begin(older, "/c.bin", bytes.length);
            older.send(chunks(bytes, 0, MEBIBYTE));
            assertThat(goOn(id, bytes)).isLessThanOrEqualTo(MEBIBYTE);
            var stopped = older.failure();
            assertThat(stopped.fault()).isEqualTo(Fault.STOPPED);
            assertThat(stopped.facts()).containsEntry("upload", id);
            older.say("! \"told so\"");
            assertThat(older.ask("STAT /c.bin")).containsEntry("size", (long) bytes.length);
        }
        assertThat(server.files().resolve("c.bin")).hasBinaryContent(bytes);
    }

    @Test
    void anUploadThatIsSentElsewhereIsStoppedWhenItIsCancelled() throws IOException {
        try (var sender = admin();
                var other = admin()) {
            var id = begin(sender, "/d.bin", 4 * MEBIBYTE);
            other.ask("CANCEL " + id);
            var stopped = sender.failure();
            assertThat(stopped.fault()).isEqualTo(Fault.STOPPED);
            assertThat(stopped).hasMessageContaining("cancelled");
            assertThat(other.refusal("CANCEL " + id).fault()).isEqualTo(Fault.NOT_FOUND);
            assertThat(other.ask("UPLOADS")).containsEntry("count", 0L);
        }
    }

    @Test
    void anUploadGoesOnWhateverATokenAsksThatMayNotWriteIt() throws IOException {
        var bytes = Payload.bytes(4 * MEBIBYTE, random);
        try (var sender = admin();
                var owner = admin()) {
            var id = begin(sender, "/g.bin", bytes.length);
            sender.send(chunks(bytes, 0, MEBIBYTE));
            var made = owner.ask("TOKEN CREATE reader rights=\"/pub:list,read\"");
            try (var reader = WireClient.loggedIn(server, (String) made.getOrDefault("token", ""))) {
                assertThat(reader.ask("UPLOADS")).containsEntry("count", 0L);
                assertThat(reader.refusal("CANCEL " + id).fault()).isEqualTo(Fault.NOT_FOUND);
                assertThat(reader.say("RESUME " + id, "! \"told so\"").failure().fault())
                        .isEqualTo(Fault.NOT_FOUND);
            }
            sender.send(chunks(bytes, MEBIBYTE, bytes.length)).say(endMark(bytes));
            assertThat(sender.done()).containsEntry("path", "/g.bin");
        }
    }

    /** Much more than is taken at once, so that the end of the connection comes while its bytes still wait. */
    @Test
    void anUploadWhoseEndMarkHadArrivedIsCommittedThoughNobodyWaits() throws IOException {
        var bytes = Payload.bytes(48 * MEBIBYTE, random);
        try (var sender = admin()) {
            begin(sender, "/e.bin", bytes.length);
            sender.send(chunks(bytes, 0, bytes.length)).say(endMark(bytes));
            leave(sender);
        }
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(server.files().resolve("e.bin")).exists());
        assertThat(server.files().resolve("e.bin")).hasBinaryContent(bytes);
    }

    /** The control of the test above: without its end mark it is not. */
    @Test
    void anUploadWhoseEndMarkHadNotArrivedIsNotCommitted() throws IOException {
        var bytes = Payload.bytes(8 * MEBIBYTE, random);
        String id;
        try (var sender = admin()) {
            id = begin(sender, "/f.bin", bytes.length);
            sender.send(chunks(bytes, 0, bytes.length));
            leave(sender);
        }
        try (var other = admin()) {
            await().atMost(Duration.ofMinutes(1)).until(() -> !isRunning(other));
        }
        assertThat(server.files().resolve("f.bin")).doesNotExist();
        assertThat(goOn(id, bytes)).as("all that had arrived is kept").isEqualTo(bytes.length);
    }

    @Test
    void moreUploadsThanTheWindowHoldsAreAnsweredInTheirOrder() throws IOException {
        var sent = new ByteArrayOutputStream();
        int count = 200;
        for (int i = 0; i < count; i++) {
            sent.writeBytes(
                    WireClient.wholeUpload("/w" + i, "5", "%05d".formatted(i).getBytes(StandardCharsets.UTF_8)));
        }
        try (var sender = admin()) {
            sender.send(sent.toByteArray());
            for (int i = 0; i < count; i++) {
                assertThat(sender.done()).containsEntry("path", "/w" + i);
            }
            sender.say("DOWNLOAD /w7", "DOWNLOAD /w3", "STAT /w5");
            assertThat(downloaded(sender)).isEqualTo("00007");
            assertThat(downloaded(sender)).isEqualTo("00003");
            assertThat(sender.done()).containsEntry("path", "/w5");
        }
        assertThat(Files.readString(server.files().resolve("w199"))).isEqualTo("00199");
    }

    /** What runs alone waits for all that came before it, and all that comes after waits for it. */
    @Test
    void whatChangesTheTreeHappensInItsPlaceAmongUploads() throws IOException {
        try (var sender = admin()) {
            sender.send(WireClient.wholeUpload("/x", "1", new byte[] {'x'}))
                    .say("DELETE /x", "MKDIR /x")
                    .send(WireClient.wholeUpload("/x/y", "1", new byte[] {'y'}))
                    .say("RMDIR /x recursive=true", "STAT /x");
            for (int i = 0; i < 5; i++) {
                sender.done();
            }
            assertThat(sender.fault()).isEqualTo(Fault.NOT_FOUND);
        }
    }

    /** Ends the connection in order: one that is closed over unread replies is reset, and loses what is on the way. */
    private static void leave(WireClient client) throws IOException {
        client.shutdownOutput();
        try {
            while (!client.line().isEmpty()) {
                // What is still said to nobody in particular.
            }
        } catch (IOException closed) {
            return;
        }
        throw new AssertionError("an empty line is no reply");
    }

    /** Of the one upload that there is. */
    private static boolean isRunning(WireClient client) throws IOException {
        var upload = (Reply.Item) client.say("UPLOADS").reply();
        client.done();
        return Boolean.TRUE.equals(upload.facts().get("running"));
    }

    private static String downloaded(WireClient client) throws IOException {
        assertThat(client.reply()).isInstanceOf(Reply.Data.class);
        var content = new String(client.content(Integer.parseInt(client.line())), StandardCharsets.UTF_8);
        assertThat(client.line()).startsWith("0 ");
        client.done();
        return content;
    }

    private String cutInsideAChunk(String path, byte[] bytes, int at) throws IOException {
        try (var sender = admin()) {
            var id = begin(sender, path, bytes.length);
            sender.send(chunks(bytes, 0, at)).say("65536").send(Arrays.copyOfRange(bytes, at, at + 100));
            return id;
        }
    }

    /** Sends so much of an upload, and is gone. */
    static String beginAndLeave(WireClient sender, String path, byte[] bytes, int until) throws IOException {
        var id = begin(sender, path, bytes.length);
        sender.send(chunks(bytes, 0, until));
        return id;
    }

    private static String begin(WireClient sender, String path, int size) throws IOException {
        var reply = sender.say("UPLOAD " + path + " size=" + size).reply();
        assertThat(reply).isInstanceOf(Reply.Send.class);
        return ((Reply.Send) reply).upload();
    }

    /** Sends what the server says is missing; answers from where on that was. */
    private long goOn(String id, byte[] bytes) throws IOException {
        try (var sender = admin()) {
            var reply = sender.say("RESUME " + id + " size=" + bytes.length).reply();
            assertThat(reply).isInstanceOf(Reply.Send.class);
            long offset = ((Reply.Send) reply).offset();
            sender.send(chunks(bytes, (int) offset, bytes.length)).say(endMark(bytes));
            assertThat(sender.done()).containsEntry("upload", id);
            return offset;
        }
    }

    private static byte[] chunks(byte[] bytes, int from, int to) {
        var sent = new ByteArrayOutputStream();
        for (int at = from; at < to; at += CHUNK) {
            int length = Math.min(CHUNK, to - at);
            sent.writeBytes((length + "\n").getBytes(StandardCharsets.US_ASCII));
            sent.write(bytes, at, length);
        }
        return sent.toByteArray();
    }

    private static String endMark(byte[] bytes) {
        return "0 " + Payload.sha256(bytes).hex();
    }
}
