package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and folders at the web door, as programs use them. */
final class WebFilesIT {
    private static final int MEBIBYTE = 1 << 20;

    private static RunningServer server;
    private static Web web;

    private final Random random = new Random(7);

    @BeforeAll
    static void start(@TempDir Path home) {
        server = RunningServer.start(home, "--set", "listing.maxEntries=50", "--set", "zip.maxEntries=60");
        web = Web.admin(server);
    }

    @AfterAll
    static void stop() {
        web.close();
        server.close();
    }

    private static String digest(byte[] bytes) {
        return "sha-256=:"
                + Base64.getEncoder()
                        .encodeToString(
                                HexFormat.of().parseHex(Payload.sha256(bytes).hex()))
                + ":";
    }

    private byte[] bytes(int size) {
        return Payload.bytes(size, random);
    }

    @Test
    void aFileGoesUpAndComesBackByBothVersionsOfHttp() {
        var bytes = bytes(5 * MEBIBYTE + 17);
        try (var modern = Web.modern(server)) {
            for (var client : Map.of("one", web, "two", modern).entrySet()) {
                var path = "/files/" + client.getKey() + "%20%C3%A9.bin";
                var up = client.getValue().put(path, bytes);
                assertThat(up.statusCode()).as(Web.text(up)).isEqualTo(201);
                assertThat(Web.object(up).getString("sha256"))
                        .isEqualTo(Payload.sha256(bytes).hex());
                assertThat(server.files().resolve(client.getKey() + " é.bin")).hasBinaryContent(bytes);

                var down = client.getValue().get(path);
                assertThat(down.body()).isEqualTo(bytes);
                assertThat(Web.header(down, "repr-digest")).isEqualTo(digest(bytes));
                assertThat(Web.header(down, "etag"))
                        .isEqualTo("\"" + Web.object(up).getString("etag") + "\"");
            }
        }
    }

    @Test
    void anEmptyFileAndOneOfUnknownLengthArriveWhole() {
        assertThat(web.put("/files/empty", new byte[0]).statusCode()).isEqualTo(201);
        assertThat(web.get("/files/empty").body()).isEmpty();
        var bytes = bytes(3 * MEBIBYTE);
        var chunked = BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
        assertThat(web.send("PUT", "/files/chunked", chunked).statusCode()).isEqualTo(201);
        assertThat(web.get("/files/chunked").body()).isEqualTo(bytes);
    }

    @Test
    void anExistingNameIsReplacedOnlyWhenThatIsSaid() {
        var first = Web.object(web.put("/files/name", bytes(10)));
        var refused = web.put("/files/name", bytes(11));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(Web.object(refused).getLong("size")).isEqualTo(10);
        assertThat(web.put("/files/name", bytes(11), "If-None-Match", "*").statusCode())
                .isEqualTo(412);
        assertThat(Web.code(web.put("/files/name", bytes(11), "If-Match", "\"another\"")))
                .isEqualTo("changed");
        var etag = "\"" + first.getString("etag") + "\"";
        assertThat(web.put("/files/name", bytes(12), "If-Match", etag).statusCode())
                .isEqualTo(200);
        assertThat(web.put("/files/name", bytes(13), "If-Match", etag).statusCode())
                .isEqualTo(412);
        assertThat(web.put("/files/name?overwrite=true", bytes(14)).statusCode())
                .isEqualTo(200);
        assertThat(web.get("/files/name").body()).hasSize(14);
    }

    @Test
    void aPromisedDigestIsVerified() {
        var bytes = bytes(100);
        assertThat(web.put("/files/right", bytes, "Repr-Digest", digest(bytes)).statusCode())
                .isEqualTo(201);
        var wrong = web.put("/files/wrong", bytes, "Repr-Digest", digest(bytes(100)));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(Web.code(wrong)).isEqualTo("wrong-digest");
        assertThat(server.files().resolve("wrong")).doesNotExist();
    }

    @Test
    void anInterruptedPutLeavesNothing() throws IOException {
        try (var socket = web.socket("TLSv1.3")) {
            Web.say(
                    socket,
                    "PUT /files/broken HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                            + Web.basic("admin", RunningServer.PASSWORD)
                            + "\r\nContent-Length: 3000000\r\nExpect: 100-continue\r\n\r\n");
            var first = socket.getInputStream().readNBytes(25);
            assertThat(new String(first, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 100");
            socket.getOutputStream().write(bytes(2_000_000));
            socket.getOutputStream().flush();
        }
        await().untilAsserted(() -> {
            assertThat(Web.items(web.get("/uploads"))).isEmpty();
            assertThat(web.put("/files/broken", bytes(3)).statusCode()).isEqualTo(201);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-9     | 206 | bytes 0-9/1000     | 10",
                "bytes=990-    | 206 | bytes 990-999/1000 | 10",
                "bytes=-10     | 206 | bytes 990-999/1000 | 10",
                "bytes=0-5000  | 206 | bytes 0-999/1000   | 1000",
                "bytes=-5000   | 206 | bytes 0-999/1000   | 1000",
                "bytes=0-1,5-6 | 200 |                    | 1000",
                "lines=1-2     | 200 |                    | 1000",
                "bytes=1000-   | 416 | bytes */1000       |",
                "bytes=-0      | 416 | bytes */1000       |",
                "bytes=5-2     | 416 | bytes */1000       |",
                "bytes=0-5,3-9 | 416 | bytes */1000       |",
                "bytes=x       | 416 | bytes */1000       |",
            })
    void rangesAreSentOrRefused(String range, int status, String contentRange, Integer length) {
        web.put("/files/ranges", new byte[1000]);
        var response = web.get("/files/ranges", "Range", range);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Web.header(response, "content-range")).isEqualTo(contentRange == null ? "" : contentRange);
        if (length != null) {
            assertThat(response.body()).hasSize(length);
        } else {
            assertThat(Web.code(response)).isEqualTo("out-of-range");
        }
    }

    @Test
    void conditionsDecideWhatIsSent() {
        web.put("/files/conditions", bytes(100));
        var whole = web.get("/files/conditions");
        var etag = Web.header(whole, "etag");
        var date = Web.header(whole, "last-modified");

        assertThat(web.get("/files/conditions", "If-None-Match", etag).statusCode())
                .isEqualTo(304);
        assertThat(web.get("/files/conditions", "If-Modified-Since", date).statusCode())
                .isEqualTo(304);
        assertThat(web.get("/files/conditions", "If-Match", "\"other\"").statusCode())
                .isEqualTo(412);
        assertThat(web.get("/files/conditions", "Range", "bytes=0-1", "If-Range", etag)
                        .statusCode())
                .isEqualTo(206);
        assertThat(web.get("/files/conditions", "Range", "bytes=0-1", "If-Range", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
        var head = web.send("HEAD", "/files/conditions", BodyPublishers.noBody());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(Web.header(head, "content-length")).isEqualTo("100");
        assertThat(Web.header(head, "repr-digest")).isEqualTo(Web.header(whole, "repr-digest"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.html", "a.svg", "a.xhtml", "a.xml", "a.js", "a", "a.txt.html", "a.swf"})
    void whatCouldRunIsADownload(String name) {
        web.put("/files/" + name + "?overwrite=true", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
        var response = web.get("/files/" + name);
        assertThat(Web.header(response, "content-type")).isEqualTo("application/octet-stream");
        assertThat(Web.header(response, "content-disposition")).startsWith("attachment");
        assertThat(Web.header(response, "content-security-policy")).isEqualTo("sandbox; default-src 'none'");
        assertThat(Web.header(response, "x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void namesInHeadersAreOnlyNames() {
        web.put("/files/a%22b%E2%82%AC%20c.txt", bytes(1));
        assertThat(Web.header(web.get("/files/a%22b%E2%82%AC%20c.txt"), "content-disposition"))
                .isEqualTo("inline; filename=\"a_b_ c.txt\"; filename*=UTF-8''a%22b%E2%82%AC%20c.txt");
    }

    @Test
    void foldersAreMadeListedMovedAndRemoved() {
        assertThat(web.post("/files/f/?mkdir").statusCode()).isEqualTo(201);
        assertThat(Web.code(web.post("/files/f/?mkdir"))).isEqualTo("exists");
        web.put("/files/f/one", bytes(1));
        web.put("/files/f/deep/er/two?parents=true", bytes(2));

        assertThat(Web.lines(web.get("/files/f/")))
                .extracting(line -> line.getString("kind") + " " + line.getString("name"))
                .containsExactlyInAnyOrder("file one", "folder deep");
        assertThat(web.post("/files/f/one?move=/f/uno").statusCode()).isEqualTo(200);
        assertThat(Web.code(web.post("/files/f/uno?move=/f/deep/er/two"))).isEqualTo("exists");
        assertThat(Web.object(web.post("/files/f/uno?verify")).getBoolean("equal"))
                .isTrue();
        assertThat(Web.object(web.get("/files/f?stat")).getString("kind")).isEqualTo("folder");
        assertThat(Web.code(web.delete("/files/f/"))).isEqualTo("not-empty");
        assertThat(web.delete("/files/f/uno").statusCode()).isEqualTo(200);
        assertThat(web.delete("/files/f/?recursive=true").statusCode()).isEqualTo(200);
        assertThat(Web.code(web.get("/files/f/"))).isEqualTo("not-found");
    }

    @Test
    void aListStopsAtItsLimitAndSaysSo() throws IOException {
        var folder = Files.createDirectories(server.files().resolve("many"));
        for (int i = 0; i < 51; i++) {
            Files.createFile(folder.resolve("f" + i));
        }
        var lines = Web.lines(web.get("/files/many/"));
        assertThat(lines).hasSize(51);
        assertThat(lines.getLast())
                .isEqualTo(new JsonObject().put("truncated", true).put("limit", 50));
    }

    @Test
    void aFolderComesAsAZipAndItsDigestsAsSums() throws IOException {
        var wanted = new HashMap<String, byte[]>();
        for (var name : List.of("a.txt", "b%20c/d.bin", "b%20c/e")) {
            var bytes = bytes(300_000);
            web.put("/files/zipped/" + name + "?parents=true", bytes);
            wanted.put(name.replace("%20", " "), bytes);
        }
        var response = web.get("/files/zipped/?archive=zip");
        assertThat(Web.header(response, "content-disposition")).contains("filename=\"zipped.zip\"");
        var found = new HashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(response.body()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    found.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        assertThat(found).containsOnlyKeys(wanted.keySet());
        wanted.forEach((name, bytes) -> assertThat(found.get(name)).isEqualTo(bytes));

        var some = web.get("/files/zipped/?archive=zip&name=a.txt");
        assertThat(some.body().length).isBetween(300_000, 310_000);
        assertThat(Web.code(web.get("/files/many2/?archive=zip"))).isEqualTo("not-found");
        wanted.forEach((name, bytes) -> assertThat(Web.text(web.get("/files/zipped/?sums")))
                .contains(Payload.sha256(bytes).hex() + "  " + name + "\n"));
    }

    @Test
    void aZipOfTooMuchIsRefusedBeforeItsFirstByte() throws IOException {
        var folder = Files.createDirectories(server.files().resolve("heap"));
        for (int i = 0; i < 61; i++) {
            Files.createFile(folder.resolve("f" + i));
        }
        var refused = web.get("/files/heap/?archive=zip");
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(Web.object(refused).getInteger("maxEntries")).isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /files/a/, is-folder",
        "PUT, /files/none/a, no-folder",
        "PUT, /files/a%2Fb, bad-name",
        "PUT, /files/a%00b, bad-name",
        "PUT, /files/a%FFb, bad-name",
        "PUT, /files/a//b, bad-name",
        "PUT, /files/..%5Cx, bad-name",
        "PUT, /files/.wherry-staging/x, bad-name",
        "POST, /files/a, malformed",
        "POST, /files/none?move=/b, not-found",
        "POST, /files/none?move=, bad-name",
        "POST, /files/none?verify, not-found",
        "DELETE, /files/none, not-found",
        "GET, /files/none, not-found",
        "GET, /files/?archive=rar, malformed",
        "GET, /history?limit=0, malformed",
        "GET, /history?since=yesterday, malformed",
    })
    void badInputIsToldWhatIsWrong(String method, String path, String code) {
        var response = web.send(method, path, BodyPublishers.noBody());
        assertThat(Web.code(response)).as(Web.text(response)).isEqualTo(code);
        assertThat(Web.object(response).getString("detail")).isNotBlank();
    }

    @Test
    void aPutOfARangeIsRefused() {
        assertThat(Web.code(web.put("/files/part", bytes(5), "Content-Range", "bytes 0-4/10")))
                .isEqualTo("malformed");
        assertThat(server.files().resolve("part")).doesNotExist();
    }

    @Test
    void whatRanIsInTheHistoryAndInTheTotals() {
        web.put("/files/told", bytes(1000));
        await().untilAsserted(() -> assertThat(Web.items(web.get("/history?path=/told")))
                .anySatisfy(entry -> {
                    assertThat(entry.getString("door")).isEqualTo("web");
                    assertThat(entry.getLong("bytes")).isEqualTo(1000);
                }));
        assertThat(Web.text(web.get("/history?path=/told&format=csv"))).contains(",upload,admin,", ",/told,1000,");
        assertThat(Web.object(web.get("/stats")).getJsonObject("uploads").getLong("done"))
                .isPositive();
        assertThat(Web.items(web.get("/transfers"))).isEmpty();
    }

    /** A person at a terminal reads the answer as it is. */
    @Test
    void aRefusalSaysHowToAskAndEndsItsLine() {
        assertThat(advice(web.put("/files/above/missing.bin", bytes(10)))).contains("parents=true");
        assertThat(web.put("/files/above/there.bin?parents=true", bytes(10)).statusCode())
                .isEqualTo(201);
        assertThat(advice(web.put("/files/above/there.bin", bytes(10)))).contains("overwrite=true");
        web.put("/files/beside.bin", bytes(10));
        web.post("/files/beside/?mkdir");
        assertThat(advice(web.post("/files/above/there.bin?move=/beside.bin"))).contains("overwrite=true");
        assertThat(advice(web.send("DELETE", "/files/above/", BodyPublishers.noBody())))
                .contains("recursive=true");
        assertThat(advice(web.get("/files/above"))).contains("slash");
        assertThat(Web.object(web.get("/files/nothing.bin")).getString("advice"))
                .isNull();
        for (var hopeless : List.of(
                "/files/above/?mkdir",
                "/files/above/there.bin/?mkdir",
                "/files/above/there.bin?move=/above&overwrite=true",
                "/files/above/there.bin?move=/beside",
                "/files/above/?move=/beside.bin")) {
            assertThat(advice(web.post(hopeless))).as(hopeless).isNull();
        }
    }

    private static String advice(HttpResponse<byte[]> refusal) {
        assertThat(refusal.statusCode()).isEqualTo(409);
        assertThat(Web.text(refusal)).endsWith("}\n");
        return Web.object(refusal).getString("advice");
    }
}
