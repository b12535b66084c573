package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** curl and sha256sum at the web door, as the README shows them. */
final class CurlIT {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private static Path home;

    private static RunningServer server;
    private static Curl curl;
    private static String files;

    private final Random random = Application.random(CurlIT.class);

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        server = RunningServer.start(home);
        curl = Curl.admin(home, server.data().resolve("tls/certificate.pem"));
        files = "https://localhost:" + server.webPort() + "/files/";
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aFileGoesUpAndACutDownloadGoesOn() throws IOException {
        var sent = Payload.make(folder.resolve("big"), 12 * MEBIBYTE + 7, random);
        assertThat(curl.must("-T", sent.file().toString(), files + "big"))
                .contains(sent.sha256().hex());
        assertThat(server.files().resolve("big")).hasSameBinaryContentAs(sent.file());

        try (var proxy = new CuttingProxy(server.webPort())) {
            proxy.cut(new CuttingProxy.Cut.Down(5 * MEBIBYTE));
            var url = "https://localhost" + proxy.authority().substring("127.0.0.1".length()) + "/files/big";
            var back = folder.resolve("back");
            var cut = curl.run("-o", back.toString(), url);
            assertThat(cut.code())
                    .as("it notices that it was cut: %s", cut.err())
                    .isIn(18, 56);
            assertThat(Files.size(back)).isBetween(1L, sent.size() - 1);
            curl.must("-C", "-", "-o", back.toString(), url);
            assertThat(back).hasSameBinaryContentAs(sent.file());
            assertThat(proxy.down()).as("what was there did not come again").isLessThan(sent.size() + 2 * MEBIBYTE);
        }
    }

    @Test
    void aPartIsAPart() throws IOException {
        var bytes = Payload.bytes(70_000, random);
        Files.write(server.files().resolve("part"), bytes);
        var part = folder.resolve("part");
        var range = curl.must("-r", "100-65635", "-o", part.toString(), "-w", "%{http_code}", files + "part");
        assertThat(range).isEqualTo("206");
        assertThat(part).hasBinaryContent(Arrays.copyOfRange(bytes, 100, 65_636));
        curl.must("-r", "-10", "-o", part.toString(), files + "part");
        assertThat(part).hasBinaryContent(Arrays.copyOfRange(bytes, bytes.length - 10, bytes.length));
        assertThat(curl.run("-r", "70000-", "-w", "%{http_code}", files + "part")
                        .out())
                .endsWith("416");
    }

    @Test
    void theRecordedDigestsAreThoseOfSha256sum() throws IOException {
        for (var name : List.of("a.bin", "deep/b c.bin", "deep/é.bin")) {
            var file = folder.resolve("sums").resolve(name);
            Payload.make(file, 1 + random.nextInt(100_000), random);
            curl.must("-T", file.toString(), files + "sums/" + name.replace(" ", "%20") + "?parents=true");
        }
        var sums = folder.resolve("SHA256SUMS");
        curl.must("-o", sums.toString(), files + "sums/?sums");
        var command = List.of("sha256sum", "--strict", "-c", sums.toString());
        var checked = Curl.run(folder.resolve("sums"), command);
        assertThat(checked.code()).as(checked.out() + checked.err()).isZero();
        assertThat(checked.out().lines()).hasSize(3).allMatch(line -> line.endsWith(": OK"));

        var own = Curl.run(folder, List.of("sha256sum", "sums/a.bin")).out().split(" ")[0];
        var head = curl.must("-I", files + "sums/a.bin");
        var digest = Pattern.compile("(?i)repr-digest: sha-256=:([^:]+):").matcher(head);
        assertThat(digest.find()).as(head).isTrue();
        assertThat(HexFormat.of().formatHex(Base64.getDecoder().decode(digest.group(1))))
                .isEqualTo(own);

        Files.write(folder.resolve("sums/a.bin"), new byte[] {0});
        assertThat(Curl.run(folder.resolve("sums"), command).code())
                .as("the control")
                .isEqualTo(1);
    }

    @Test
    void whatIsRefusedIsSaidInWords() throws IOException {
        var file = Files.write(folder.resolve("twice"), new byte[] {1});
        curl.must("-T", file.toString(), files + "twice");
        var again = curl.run("-T", file.toString(), "-w", "\n%{http_code}", files + "twice");
        assertThat(again.out()).contains("\"code\":\"exists\"").endsWith("409");
        assertThat(curl.with("--fail").run(files + "nowhere").code()).isEqualTo(22);
    }
}
