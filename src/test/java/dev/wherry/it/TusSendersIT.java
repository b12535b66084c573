package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two who send one upload, and what the one is told of what the other does. */
final class TusSendersIT extends TusFixture {
    private static final int HALF = 1 << 20;

    private final byte[] bytes = Payload.bytes(2 * HALF, new Random(29));

    private String create(String name) {
        return tus.create(Tus.filename(name), bytes.length);
    }

    /** Sends all from there on. */
    private HttpResponse<byte[]> patch(String upload, int offset) {
        return tus.patch(upload, offset, part(offset, bytes.length - offset));
    }

    private BodyPublisher part(int offset, int length) {
        return BodyPublishers.ofByteArray(bytes, offset, length);
    }

    /** Begins a part that is the whole, and sends the first half of it. */
    private Socket halfSent(String upload, String... more) throws IOException {
        var headers = Stream.concat(Stream.of("Connection", "close"), Stream.of(more));
        return tus.begun(upload, bytes, HALF, headers.toArray(String[]::new));
    }

    @Test
    void whoIsAtTheWrongPlaceStopsNobody() throws IOException {
        var upload = create("wrong place");
        try (var socket = halfSent(upload)) {
            await().until(() -> tus.offset(upload) == HALF);
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
            await().until(() -> tus.offset(upload) == HALF);
            assertThat(patch(upload, HALF).statusCode()).isEqualTo(204);
            assertThat(Web.heard(socket)).doesNotContain(" 204 ");
        }
        assertThat(server.files().resolve("right place")).hasBinaryContent(bytes);
    }

    /** What may still be taken back is promised to nobody. */
    @Test
    void aPartWithAChecksumMovesNothingBeforeItsEnd() throws IOException {
        var upload = create("in part");
        try (var socket = halfSent(upload, "Upload-Checksum", Tus.checksum(bytes))) {
            await().until(() -> Web.items(web.get("/transfers")).stream()
                    .anyMatch(one -> one.getString("path").equals("/in part") && one.getLong("bytes") >= HALF));
            assertThat(tus.offset(upload)).isZero();
            socket.getOutputStream().write(bytes, HALF, HALF);
            socket.getOutputStream().flush();
            assertThat(Web.heard(socket)).startsWith("HTTP/1.1 204");
        }
        assertThat(server.files().resolve("in part")).hasBinaryContent(bytes);
    }

    /** On whichever event loop the question comes: what was acknowledged is in the file. */
    @Test
    void anOffsetThatWasAnsweredIsThere() {
        var upload = create("acknowledged");
        int step = HALF / 8;
        for (int offset = 0; offset < bytes.length; offset += step) {
            try (var other = Web.admin(server)) {
                var sent = Tus.by(other).patch(upload, offset, part(offset, step));
                assertThat(sent.statusCode()).isEqualTo(204);
            }
            assertThat(tus.offset(upload)).isEqualTo(offset + step);
        }
        assertThat(server.files().resolve("acknowledged")).hasBinaryContent(bytes);
    }

    /** The name was taken while it came: it is whole, and waits for somebody to decide. */
    @Test
    void whatFoundItsNameTakenIsPublishedUnderAnotherOrOverIt() throws IOException {
        for (var decision : new String[] {"other name", "taken"}) {
            var upload = create("taken");
            assertThat(tus.patch(upload, 0, part(0, HALF)).statusCode()).isEqualTo(204);
            Files.writeString(server.files().resolve("taken"), "quicker");
            var clash = patch(upload, HALF);
            assertThat(Web.code(clash)).isEqualTo("exists");
            var over = ",ifMatch " + Tus.base64(Web.object(clash).getString("etag"));
            var metadata = Tus.filename(decision) + (decision.equals("taken") ? over : "");
            var published = tus.patch(upload, bytes.length, BodyPublishers.noBody(), "Upload-Metadata", metadata);
            assertThat(published.statusCode()).as(Web.text(published)).isEqualTo(204);
            assertThat(server.files().resolve(decision)).hasBinaryContent(bytes);
            Files.delete(server.files().resolve("taken"));
        }
    }

    @Test
    void whatTheClientSaidAboutTheFileIsSaidAgain() {
        var said =
                Tus.filename("film.mp4") + ",own " + Tus.base64("words") + ",flag,filetype " + Tus.base64("video/mp4");
        var made = web.post("/uploads", "Upload-Length", "10", "Upload-Metadata", said);
        var head = tus.head(Web.header(made, "location"));
        assertThat(Web.header(head, "upload-metadata")).isEqualTo(said);
    }
}
