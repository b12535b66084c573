package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.path.Sha256;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two who send one upload, and what the one is told of what the other does. */
final class TusSendersIT {
    private static final String TYPE = "application/offset+octet-stream";
    private static final int HALF = 1 << 20;

    private static RunningServer server;
    private static Web web;

    private final byte[] bytes = Payload.bytes(2 * HALF, new Random(29));

    @BeforeAll
    static void start(@TempDir Path home) {
        server = RunningServer.start(home);
        web = Web.admin(server).with("Tus-Resumable", "1.0.0");
    }

    @AfterAll
    static void stop() {
        web.close();
        server.close();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String create(String name) {
        return Web.header(
                web.post(
                        "/uploads",
                        "Upload-Length",
                        Integer.toString(bytes.length),
                        "Upload-Metadata",
                        "filename " + base64(name)),
                "location");
    }

    private static long offset(String upload) {
        return Long.parseLong(Web.header(web.send("HEAD", upload, BodyPublishers.noBody()), "upload-offset"));
    }

    private HttpResponse<byte[]> patch(String upload, int offset) {
        return web.send(
                "PATCH",
                upload,
                BodyPublishers.ofByteArray(bytes, offset, bytes.length - offset),
                "Content-Type",
                TYPE,
                "Upload-Offset",
                Integer.toString(offset));
    }

    /** Begins a part that is the whole, and sends the first half of it. */
    private Socket halfSent(String upload, String... more) throws IOException {
        var socket = web.socket("TLSv1.3");
        Web.say(
                socket,
                "PATCH " + upload + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTus-Resumable: 1.0.0\r\n"
                        + "Authorization: " + Web.basic("admin", RunningServer.PASSWORD) + "\r\nContent-Type: " + TYPE
                        + "\r\nUpload-Offset: 0\r\nContent-Length: " + bytes.length + "\r\n" + String.join("", more)
                        + "\r\n");
        socket.getOutputStream().write(bytes, 0, HALF);
        socket.getOutputStream().flush();
        return socket;
    }

    @Test
    void whoIsAtTheWrongPlaceStopsNobody() throws IOException {
        var upload = create("wrong place");
        try (var socket = halfSent(upload)) {
            await().until(() -> offset(upload) == HALF);
            for (int wrong : new int[] {0, 7, HALF - 1, HALF + 1}) {
                var refused = patch(upload, wrong);
                assertThat(Web.code(refused)).isEqualTo("wrong-offset");
                assertThat(Web.object(refused).getInteger("offset")).isEqualTo(HALF);
            }
            socket.getOutputStream().write(bytes, HALF, HALF);
            socket.getOutputStream().flush();
            assertThat(Web.heard(socket)).startsWith("HTTP/1.1 204");
        }
        assertThat(server.files().resolve("wrong place")).hasBinaryContent(bytes);
    }

    @Test
    void whoIsAtTheRightPlaceGoesOnInsteadOfTheOlder() throws IOException {
        var upload = create("right place");
        try (var socket = halfSent(upload)) {
            await().until(() -> offset(upload) == HALF);
            assertThat(patch(upload, HALF).statusCode()).isEqualTo(204);
            assertThat(Web.heard(socket)).doesNotContain(" 204 ");
        }
        assertThat(server.files().resolve("right place")).hasBinaryContent(bytes);
    }

    /** What may still be taken back is promised to nobody. */
    @Test
    void aPartWithAChecksumMovesNothingBeforeItsEnd() throws IOException {
        var upload = create("in part");
        var checksum = base64Digest();
        try (var socket = halfSent(upload, "Upload-Checksum: sha256 " + checksum + "\r\n")) {
            await().until(() -> Web.items(web.get("/transfers")).stream()
                    .anyMatch(one -> one.getString("path").equals("/in part") && one.getLong("bytes") >= HALF));
            assertThat(offset(upload)).isZero();
            socket.getOutputStream().write(bytes, HALF, HALF);
            socket.getOutputStream().flush();
            assertThat(Web.heard(socket)).startsWith("HTTP/1.1 204");
        }
        assertThat(server.files().resolve("in part")).hasBinaryContent(bytes);
    }

    private String base64Digest() {
        return Base64.getEncoder().encodeToString(Sha256.digest().digest(bytes));
    }

    /** On whichever event loop the question comes: what was acknowledged is in the file. */
    @Test
    void anOffsetThatWasAnsweredIsThere() {
        var upload = create("acknowledged");
        int step = HALF / 8;
        for (int offset = 0; offset < bytes.length; offset += step) {
            try (var other = Web.admin(server).with("Tus-Resumable", "1.0.0")) {
                var sent = other.send(
                        "PATCH",
                        upload,
                        BodyPublishers.ofByteArray(bytes, offset, step),
                        "Content-Type",
                        TYPE,
                        "Upload-Offset",
                        Integer.toString(offset));
                assertThat(sent.statusCode()).isEqualTo(204);
            }
            assertThat(offset(upload)).isEqualTo(offset + step);
        }
        assertThat(server.files().resolve("acknowledged")).hasBinaryContent(bytes);
    }

    /** The name was taken while it came: it is whole, and waits for somebody to decide. */
    @Test
    void whatFoundItsNameTakenIsPublishedUnderAnotherOrOverIt() throws IOException {
        for (var decision : new String[] {"other name", "taken"}) {
            var upload = create("taken");
            assertThat(sendHalf(upload).statusCode()).isEqualTo(204);
            Files.writeString(server.files().resolve("taken"), "quicker");
            var clash = patch(upload, HALF);
            assertThat(Web.code(clash)).isEqualTo("exists");
            var over = ",ifMatch " + base64(Web.object(clash).getString("etag"));
            var published = web.send(
                    "PATCH",
                    upload,
                    BodyPublishers.noBody(),
                    "Content-Type",
                    TYPE,
                    "Upload-Offset",
                    Integer.toString(bytes.length),
                    "Upload-Metadata",
                    "filename " + base64(decision) + (decision.equals("taken") ? over : ""));
            assertThat(published.statusCode()).as(Web.text(published)).isEqualTo(204);
            assertThat(server.files().resolve(decision)).hasBinaryContent(bytes);
            Files.delete(server.files().resolve("taken"));
        }
    }

    private HttpResponse<byte[]> sendHalf(String upload) {
        return web.send(
                "PATCH",
                upload,
                BodyPublishers.ofByteArray(bytes, 0, HALF),
                "Content-Type",
                TYPE,
                "Upload-Offset",
                "0");
    }

    @Test
    void whatTheClientSaidAboutTheFileIsSaidAgain() {
        var said =
                "filename " + base64("film.mp4") + ",own " + base64("words") + ",flag,filetype " + base64("video/mp4");
        var made = web.post("/uploads", "Upload-Length", "10", "Upload-Metadata", said);
        var head = web.send("HEAD", Web.header(made, "location"), BodyPublishers.noBody());
        assertThat(Web.header(head, "upload-metadata")).isEqualTo(said);
    }
}
