package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tus.java.client.ProtocolException;
import io.tus.java.client.TusClient;
import io.tus.java.client.TusExecutor;
import io.tus.java.client.TusURLMemoryStore;
import io.tus.java.client.TusUpload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.HttpsURLConnection;
import org.junit.jupiter.api.Test;

/** Uploads that cross from one door to the other, and a tus client that others wrote, on a bad link. */
final class TusClientsIT extends TusFixture {
    private static final int MEBIBYTE = 1 << 20;

    private final Random random = new Random(29);

    @Test
    void anUploadBegunHereIsFinishedAtTheCommandLineAndTheOtherWayRound() throws IOException {
        var bytes = Payload.bytes(6 * MEBIBYTE, random);
        var source = Files.write(home.resolve("crossing.bin"), bytes);
        var cli = new Client(home, server.clientEnvironment());
        var upload = tus.create(TusIT.metadata("crossing.bin"), bytes.length);
        tus.patch(upload, 0, Arrays.copyOf(bytes, 2 * MEBIBYTE));
        var id = upload.substring(upload.lastIndexOf('/') + 1);
        assertThat(cli.must("uploads").out()).contains(id);
        cli.must("put", "--resume", id, source.toString());
        assertThat(server.files().resolve("crossing.bin")).hasBinaryContent(bytes);
        assertThat(tus.offset(upload)).isEqualTo(bytes.length);

        String begun;
        try (var wire = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD)) {
            begun = ResumeIT.beginAndLeave(wire, "/back.bin", bytes, 3 * MEBIBYTE);
        }
        await().until(() -> Web.items(web.get("/uploads")).stream().noneMatch(one -> one.getBoolean("running")));
        long stands = tus.offset("/uploads/" + begun);
        assertThat(stands).isPositive();
        assertThat(tus.patch("/uploads/" + begun, stands, Arrays.copyOfRange(bytes, (int) stands, bytes.length))
                        .statusCode())
                .isEqualTo(204);
        assertThat(server.files().resolve("back.bin")).hasBinaryContent(bytes);
    }

    @Test
    void theTusClientForJavaUploadsThroughABadLink() throws Exception {
        var bytes = Payload.bytes(8 * MEBIBYTE, random);
        try (var proxy = new CuttingProxy(server.webPort())) {
            proxy.cut(new CuttingProxy.Cut.Up(200_000));
            proxy.cut(new CuttingProxy.Cut.Up(3 * MEBIBYTE));
            proxy.cut(new CuttingProxy.Cut.Up(2 * MEBIBYTE));
            var client = new TusClient() {
                @Override
                public void prepareConnection(HttpURLConnection connection) {
                    super.prepareConnection(connection);
                    ((HttpsURLConnection) connection)
                            .setSSLSocketFactory(web.trust().getSocketFactory());
                    ((HttpsURLConnection) connection).setHostnameVerifier((host, session) -> true);
                }
            };
            client.setUploadCreationURL(
                    URI.create("https://" + proxy.authority() + "/uploads").toURL());
            client.setHeaders(Map.of("Authorization", Web.basic("admin", RunningServer.PASSWORD)));
            client.enableResuming(new TusURLMemoryStore());
            var upload = new TusUpload();
            upload.setInputStream(new ByteArrayInputStream(bytes));
            upload.setSize(bytes.length);
            upload.setFingerprint("java-client");
            upload.setMetadata(Map.of("filename", "java-client.bin"));
            var executor = new TusExecutor() {
                @Override
                protected void makeAttempt() throws ProtocolException, IOException {
                    upload.setInputStream(new ByteArrayInputStream(bytes));
                    var uploader = client.resumeOrCreateUpload(upload);
                    uploader.setChunkSize(256 * 1024);
                    while (uploader.uploadChunk() > -1) {
                        assertThat(uploader.getOffset()).isPositive();
                    }
                    uploader.finish();
                }
            };
            executor.setDelays(new int[] {200, 200, 400, 800, 1600, 3200});
            assertThat(executor.makeAttempts()).isTrue();
        }
        assertThat(server.files().resolve("java-client.bin")).hasBinaryContent(bytes);
    }
}
