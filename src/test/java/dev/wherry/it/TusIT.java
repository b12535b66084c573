package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resumable uploads at the web door, word by word as tus 1.0.0 has them. */
final class TusIT extends TusFixture {
    private static final int MEBIBYTE = 1 << 20;
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Random random = new Random(23);

    static String metadata(String name) {
        return Tus.filename(name) + ",filetype " + Tus.base64("video/mp4");
    }

    private static String name() {
        return "tus" + NAMES.incrementAndGet() + ".bin";
    }

    private String create(String name, long length) {
        return tus.create(metadata(name), length);
    }

    @Test
    void theServerSaysWhatItCan() {
        try (var stranger = Web.stranger(server)) {
            var options = stranger.send("OPTIONS", "/uploads", BodyPublishers.noBody());
            assertThat(options.statusCode()).isEqualTo(204);
            assertThat(Web.header(options, "tus-version")).isEqualTo("1.0.0");
            assertThat(Web.header(options, "tus-extension"))
                    .isEqualTo("creation,creation-with-upload,creation-defer-length,expiration,checksum,termination");
            assertThat(Web.header(options, "tus-checksum-algorithm")).isEqualTo("sha1,sha256");
            assertThat(Long.parseLong(Web.header(options, "tus-max-size"))).isPositive();
            assertThat(Web.header(stranger.get("/uploads"), "tus-resumable")).isEqualTo("1.0.0");
        }
    }

    @Test
    void aFileArrivesInPartsAndIsPublishedWithTheLast() {
        var name = name();
        var bytes = Payload.bytes(3 * MEBIBYTE, random);
        var upload = create(name, bytes.length);
        assertThat(tus.offset(upload)).isZero();

        var first = tus.patch(upload, 0, Arrays.copyOf(bytes, MEBIBYTE));
        assertThat(first.statusCode()).isEqualTo(204);
        assertThat(Web.header(first, "upload-offset")).isEqualTo(Integer.toString(MEBIBYTE));
        assertThat(tus.offset(upload)).isEqualTo(MEBIBYTE);
        assertThat(server.files().resolve(name)).doesNotExist();

        var wrong = tus.patch(upload, 0, new byte[10]);
        assertThat(wrong.statusCode()).isEqualTo(409);
        assertThat(Web.object(wrong).getLong("offset")).isEqualTo(MEBIBYTE);

        var last = tus.patch(upload, MEBIBYTE, Arrays.copyOfRange(bytes, MEBIBYTE, bytes.length));
        assertThat(last.statusCode()).isEqualTo(204);
        assertThat(Web.header(last, "repr-digest")).startsWith("sha-256=:");
        assertThat(server.files().resolve(name)).hasBinaryContent(bytes);
        assertThat(tus.offset(upload)).isEqualTo(bytes.length);
        assertThat(Web.header(tus.head(upload), "repr-digest")).isEqualTo(Web.header(last, "repr-digest"));
        var again = tus.patch(upload, bytes.length, new byte[0]);
        assertThat(again.statusCode())
                .as("whoever lost the last answer gets it again")
                .isEqualTo(204);
    }

    @Test
    void anEmptyFileIsWholeWhenItIsMade() {
        var name = name();
        var upload = create(name, 0);
        assertThat(server.files().resolve(name)).isEmptyFile();
        assertThat(tus.offset(upload)).isZero();
    }

    @Test
    void theFirstPartMayComeWithTheCreation() {
        var name = name();
        var bytes = Payload.bytes(1000, random);
        var made = web.send(
                "POST",
                "/uploads",
                BodyPublishers.ofByteArray(Arrays.copyOf(bytes, 400)),
                "Upload-Length",
                "1000",
                "Upload-Metadata",
                metadata(name),
                "Content-Type",
                Tus.PART);
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(Web.header(made, "upload-offset")).isEqualTo("400");
        tus.patch(Web.header(made, "location"), 400, Arrays.copyOfRange(bytes, 400, 1000));
        assertThat(server.files().resolve(name)).hasBinaryContent(bytes);
    }

    @Test
    void theLengthMayComeLater() {
        var name = name();
        var bytes = Payload.bytes(500, random);
        var made = web.post("/uploads", "Upload-Defer-Length", "1", "Upload-Metadata", metadata(name));
        var upload = Web.header(made, "location");
        assertThat(Web.header(tus.head(upload), "upload-defer-length")).isEqualTo("1");
        tus.patch(upload, 0, Arrays.copyOf(bytes, 200));
        assertThat(tus.patch(upload, 200, Arrays.copyOfRange(bytes, 200, 500), "Upload-Length", "500")
                        .statusCode())
                .isEqualTo(204);
        assertThat(server.files().resolve(name)).hasBinaryContent(bytes);
        assertThat(Web.header(tus.head(upload), "upload-length")).isEqualTo("500");
    }

    @Test
    void aPartWithAChecksumCountsWholeOrNotAtAll() throws NoSuchAlgorithmException {
        var name = name();
        var bytes = Payload.bytes(2 * MEBIBYTE, random);
        var half = Arrays.copyOf(bytes, MEBIBYTE);
        var rest = Arrays.copyOfRange(bytes, MEBIBYTE, bytes.length);
        var upload = create(name, bytes.length);
        assertThat(tus.patch(upload, 0, half, "Upload-Checksum", "sha1 " + sum("SHA-1", half))
                        .statusCode())
                .isEqualTo(204);

        var wrong = tus.patch(upload, MEBIBYTE, rest, "Upload-Checksum", "sha256 " + sum("SHA-256", half));
        assertThat(wrong.statusCode()).isEqualTo(460);
        assertThat(Web.code(wrong)).isEqualTo("wrong-checksum");
        assertThat(tus.offset(upload)).isEqualTo(MEBIBYTE);

        assertThat(tus.patch(upload, MEBIBYTE, rest, "Upload-Checksum", "sha256 " + sum("SHA-256", rest))
                        .statusCode())
                .isEqualTo(204);
        assertThat(server.files().resolve(name)).hasBinaryContent(bytes);
    }

    private static String sum(String algorithm, byte[] bytes) throws NoSuchAlgorithmException {
        return Tus.base64(MessageDigest.getInstance(algorithm).digest(bytes));
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void whatABrokenLinkLeaves(boolean checksum, int kept) throws Exception {
        var name = name();
        var bytes = Payload.bytes(3 * MEBIBYTE, random);
        var upload = create(name, bytes.length);
        var more = checksum ? new String[] {"Upload-Checksum", Tus.checksum(bytes)} : new String[0];
        try (var _ = tus.begun(upload, bytes, MEBIBYTE, more)) {
            awaitRunning(upload, true);
        }
        awaitRunning(upload, false);
        long stands = tus.offset(upload);
        if (checksum) {
            assertThat(stands).isEqualTo(kept);
        } else {
            assertThat(stands).isBetween((long) kept, (long) MEBIBYTE);
        }
        assertThat(tus.patch(upload, stands, Arrays.copyOfRange(bytes, (int) stands, bytes.length))
                        .statusCode())
                .isEqualTo(204);
        assertThat(server.files().resolve(name)).hasBinaryContent(bytes);
    }

    @Test
    void whatIsTerminatedIsGone() {
        var upload = create(name(), 1000);
        tus.patch(upload, 0, new byte[500]);
        assertThat(web.delete(upload).statusCode()).isEqualTo(204);
        assertThat(tus.head(upload).statusCode()).isEqualTo(404);
        assertThat(web.delete(upload).statusCode()).isEqualTo(404);
    }

    @Test
    void anotherAccountsUploadLooksUnknown() {
        web.json("POST", "/users", new JsonObject().put("name", "other").put("password", "a password of theirs"));
        web.without("Content-Type");
        var upload = create(name(), 1000);
        try (var other = Web.stranger(server).as("other", "a password of theirs")) {
            assertThat(Tus.by(other).head(upload).statusCode()).isEqualTo(404);
            assertThat(Web.code(other.delete(upload))).isEqualTo("not-found");
            assertThat(Web.items(other.get("/uploads"))).isEmpty();
        }
    }

    @Test
    void proxiesThatEatPatchAreGoneAround() {
        var name = name();
        var upload = create(name, 5);
        var sent = web.send(
                "POST",
                upload,
                BodyPublishers.ofString("hello"),
                "X-HTTP-Method-Override",
                "PATCH",
                "Content-Type",
                Tus.PART,
                "Upload-Offset",
                "0");
        assertThat(sent.statusCode()).isEqualTo(204);
        assertThat(server.files().resolve(name)).hasContent("hello");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Upload-Length | -1  | filename YQ== | malformed",
                "Upload-Length | x   | filename YQ== | malformed",
                "Upload-Length | 99999999999999999999 | filename YQ== | too-large",
                "Upload-Length | 999999999999999999   | filename YQ== | too-large",
                "Upload-Defer-Length | 2 | filename YQ== | malformed",
                "X-Nothing | 1 | filename YQ== | malformed",
                "Upload-Length | 10 | other YQ== | malformed",
                "Upload-Length | 10 | filename %%% | malformed",
                "Upload-Length | 10 | filename Li4= | bad-name",
                "Upload-Length | 10 | filename YS9i | bad-name",
                "Upload-Length | 10 | filename YQ==,folder L25vbmU= | no-folder",
                "Upload-Length | 10 | filename YQ==,modified eA== | malformed",
            })
    void badCreationsAreToldWhatIsWrong(String header, String value, String metadata, String code) {
        var response = web.post("/uploads", header, value, "Upload-Metadata", metadata);
        assertThat(Web.code(response)).as(Web.text(response)).isEqualTo(code);
        assertThat(Web.header(response, "tus-resumable")).isEqualTo("1.0.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Type: text/plain; Upload-Offset: 0 | 415 | unknown-type",
                "Content-Type: PART | 400 | malformed",
                "Content-Type: PART; Upload-Offset: -1 | 400 | malformed",
                "Content-Type: PART; Upload-Offset: 0; Upload-Checksum: md5 YQ== | 400 | malformed",
                "Content-Type: PART; Upload-Offset: 0; Upload-Checksum: sha1 YQ== | 400 | malformed",
                "Content-Type: PART; Upload-Offset: 7 | 409 | wrong-offset",
                "Content-Type: PART; Upload-Offset: 0 | 422 | wrong-size",
            })
    void badPartsAreToldWhatIsWrong(String headers, int status, String code) {
        var upload = create(name(), 10);
        var pairs = Arrays.stream(headers.replace("PART", Tus.PART).split("; "))
                .flatMap(one -> Arrays.stream(one.split(": ")))
                .toArray(String[]::new);
        var response = web.send("PATCH", upload, BodyPublishers.ofByteArray(new byte[20]), pairs);
        assertThat(response.statusCode()).as(Web.text(response)).isEqualTo(status);
        assertThat(Web.code(response)).isEqualTo(code);
        assertThat(tus.offset(upload)).as("what was here stays").isZero();
    }

    @Test
    void whatIsWholeAndCouldNotBePublishedIsNotCalledDone() throws IOException {
        var name = name();
        var upload = create(name, 10);
        tus.patch(upload, 0, new byte[5]);
        var inTheWay = Files.write(server.files().resolve(name), new byte[3]);
        assertThat(Web.code(tus.patch(upload, 5, new byte[5]))).isEqualTo("exists");
        assertThat(tus.head(upload).statusCode()).isEqualTo(409);
        Files.delete(inTheWay);
        assertThat(tus.offset(upload)).isEqualTo(10);
        assertThat(server.files().resolve(name)).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({"true, 200", "false, 422"})
    void whoeverAsksWhetherItIsWholePublishesOnlyWhatWasPromised(boolean isRight, int status) throws IOException {
        var name = name();
        var old = Payload.bytes(1000, random);
        var bytes = Payload.bytes(2000, random);
        var upload = replacing(name, old, bytes.length);
        try (var _ = tus.unended(upload, bytes, Tus.promise(isRight ? bytes : old))) {
            var head = await().until(() -> tus.head(upload), one -> one.statusCode() != 200 || isWhole(one, bytes));
            assertThat(head.statusCode()).isEqualTo(status);
            assertThat(server.files().resolve(name)).hasBinaryContent(isRight ? bytes : old);
        }
        assertThat(tus.head(upload).statusCode()).isEqualTo(isRight ? 200 : 404);
    }

    private static boolean isWhole(HttpResponse<byte[]> head, byte[] bytes) {
        return Web.header(head, "upload-offset").equals(Integer.toString(bytes.length));
    }

    /** Something is there already, which is to be replaced. */
    private String replacing(String name, byte[] old, long length) {
        web.put("/files/" + name, old);
        return tus.create(metadata(name) + ",overwrite " + Tus.base64("true"), length);
    }

    @ParameterizedTest
    @CsvSource({"true, 204", "false, 422"})
    void whatAnEarlierPartPromisedIsDemandedOfTheLast(boolean isRight, int status) {
        var name = name();
        var old = Payload.bytes(1000, random);
        var bytes = Payload.bytes(2000, random);
        var upload = replacing(name, old, bytes.length);
        tus.patch(upload, 0, Arrays.copyOf(bytes, 500));
        tus.patch(upload, 500, Arrays.copyOfRange(bytes, 500, 1000), Tus.promise(isRight ? bytes : old));
        var last = tus.patch(upload, 1000, Arrays.copyOfRange(bytes, 1000, 2000));
        assertThat(last.statusCode()).as(Web.text(last)).isEqualTo(status);
        assertThat(server.files().resolve(name)).hasBinaryContent(isRight ? bytes : old);
    }

    /** Whether all of it came or only some: a link that ends in the middle ends no promise. */
    @ParameterizedTest
    @CsvSource({"true, 2000", "false, 2000", "true, 900", "false, 900"})
    void whatWasPromisedOutlivesTheLink(boolean isRight, int sent) throws IOException {
        var name = name();
        var old = Payload.bytes(1000, random);
        var bytes = Payload.bytes(2000, random);
        var upload = replacing(name, old, bytes.length);
        try (var _ = tus.unended(upload, Arrays.copyOf(bytes, sent), Tus.promise(isRight ? bytes : old))) {
            awaitRunning(upload, true);
        }
        awaitRunning(upload, false);
        var head = tus.head(upload);
        if (head.statusCode() == 200 && !isWhole(head, bytes)) {
            int kept = Integer.parseInt(Web.header(head, "upload-offset"));
            assertThat(kept).as("what came is kept").isLessThanOrEqualTo(sent);
            assertThat(server.files().resolve(name)).hasBinaryContent(old);
            var rest = tus.patch(upload, kept, Arrays.copyOfRange(bytes, kept, bytes.length));
            assertThat(rest.statusCode()).as(Web.text(rest)).isEqualTo(isRight ? 204 : 422);
        } else {
            assertThat(head.statusCode()).isEqualTo(isRight ? 200 : 422);
        }
        assertThat(server.files().resolve(name)).hasBinaryContent(isRight ? bytes : old);
        assertThat(tus.head(upload).statusCode()).isEqualTo(isRight ? 200 : 404);
    }

    private void awaitRunning(String upload, boolean running) {
        await().until(() -> running
                == Web.items(web.get("/uploads")).stream()
                        .anyMatch(one -> upload.endsWith(one.getString("upload")) && one.getBoolean("running")));
    }

    @Test
    void anotherVersionOfTheProtocolIsToldWhichOneIsSpoken() {
        try (var old = Web.admin(server).with("Tus-Resumable", "0.2.2")) {
            var response = old.post("/uploads", "Upload-Length", "1", "Upload-Metadata", metadata(name()));
            assertThat(response.statusCode()).isEqualTo(412);
            assertThat(Web.header(response, "tus-version")).isEqualTo("1.0.0");
        }
    }

    @Test
    void aTakenNameIsRefusedAtTheCreation() {
        var name = name();
        web.put("/files/" + name, new byte[3]);
        var refused = web.post("/uploads", "Upload-Length", "1", "Upload-Metadata", metadata(name));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(Web.object(refused).getLong("size")).isEqualTo(3);
        var allowed = web.post(
                "/uploads",
                "Upload-Length",
                "0",
                "Upload-Metadata",
                metadata(name) + ",overwrite " + Tus.base64("true"));
        assertThat(allowed.statusCode()).isEqualTo(201);
        assertThat(server.files().resolve(name)).isEmptyFile();
    }
}
