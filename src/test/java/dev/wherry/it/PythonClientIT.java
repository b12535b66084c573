package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.client.Peer;
import dev.wherry.it.Client.Result;
import dev.wherry.it.CuttingProxy.Cut;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/wherry-client.py}, which knows nothing but the protocol's document, and the server. */
final class PythonClientIT {
    private static final String SCRIPT =
            Path.of("scripts/wherry-client.py").toAbsolutePath().toString();
    private static final int MEBIBYTE = 1 << 20;

    private static RunningServer server;
    private static Path home;

    private final Random random = Application.random(PythonClientIT.class);

    @TempDir
    Path folder;

    private Path password;

    @BeforeAll
    static void start(@TempDir Path temporary) {
        home = temporary;
        server = RunningServer.start(home);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void writePassword() throws IOException {
        password = Files.writeString(folder.resolve("password"), RunningServer.PASSWORD + "\n");
    }

    @Test
    void sendsListsFetchesAndDeletes() throws Exception {
        var name = "/été 2026/\"boat\" ü.bin";
        var sent = Payload.make(folder.resolve("boat.bin"), 3 * MEBIBYTE + 17, random);
        assertThat(must("upload", sent.file().toString(), name).out())
                .contains(sent.sha256().hex());
        assertThat(server.files().resolve(name.substring(1))).hasSameBinaryContentAs(sent.file());
        assertThat(must("list", "/été 2026").out()).contains("ü.bin", "\"size\": " + sent.size());

        var fetched = folder.resolve("fetched.bin");
        assertThat(must("download", name, fetched.toString()).out())
                .contains(sent.sha256().hex());
        assertThat(fetched).hasSameBinaryContentAs(sent.file());
        assertThat(folder.resolve("fetched.bin.part")).doesNotExist();

        must("delete", name);
        assertThat(server.files().resolve(name.substring(1))).doesNotExist();
    }

    @Test
    void anEmptyFileGoesUpAndComesBack() throws Exception {
        var empty = Files.createFile(folder.resolve("empty"));
        must("upload", empty.toString(), "/empty");
        must("download", "/empty", folder.resolve("back").toString());
        assertThat(folder.resolve("back")).isEmptyFile();
    }

    @Test
    void whatLiesBesideAFileThatIsFetchedStays() throws Exception {
        Files.write(server.files().resolve("beside.bin"), new byte[3 * MEBIBYTE]);
        var part = Files.writeString(folder.resolve("beside.bin.part"), "mine");
        var target = folder.resolve("beside.bin").toString();
        try (var proxy = new CuttingProxy(server.consolePort())) {
            proxy.cut(new Cut.Down(MEBIBYTE));
            assertThat(run(proxy.authority(), server.fingerprint(), "download", "/beside.bin", target)
                            .code())
                    .isEqualTo(3);
        }
        must("download", "/beside.bin", target);
        assertThat(part).hasContent("mine");
        try (var names = Files.list(folder)) {
            assertThat(names.map(name -> String.valueOf(name.getFileName())))
                    .containsExactlyInAnyOrder("password", "out", "err", "beside.bin", "beside.bin.part");
        }
    }

    @Test
    void aLineWithoutEndIsNoServerOfOurs() throws Exception {
        try (var peer = Peer.running(call -> {
            call.next();
            call.raw("OK " + "x".repeat(1 << 18));
            call.next();
        })) {
            var said = run(peer.address().toString(), peer.fingerprint().text(), "list", "/");
            assertThat(said.code()).as(said.err()).isEqualTo(3);
            assertThat(said.err()).contains("LimitOverrunError").doesNotContain("Traceback");
        }
    }

    @Test
    void aFileWithoutARecordedDigestIsVerifiedToo() throws Exception {
        var laid = Payload.make(server.files().resolve("laid.bin"), 700_001, random);
        var fetched = folder.resolve("laid.bin");
        must("download", "/laid.bin", fetched.toString());
        assertThat(fetched).hasSameBinaryContentAs(laid.file());
    }

    @Test
    void anUploadThatWasCutInsideAChunkGoesOn() throws Exception {
        var sent = Payload.make(folder.resolve("long.bin"), 12 * MEBIBYTE + 5, random);
        try (var proxy = new CuttingProxy(server.consolePort())) {
            proxy.cut(new Cut.Up(5 * MEBIBYTE + 4321));
            var cut = run(
                    proxy.authority(),
                    server.fingerprint(),
                    "upload",
                    sent.file().toString(),
                    "/long.bin");
            assertThat(cut.code()).as(cut.err()).isEqualTo(11);
            assertThat(server.files().resolve("long.bin")).doesNotExist();

            var hint = Pattern.compile("to go on: (resume) (\\w+) (.+)").matcher(cut.err());
            assertThat(hint.find()).as(cut.err()).isTrue();
            long before = proxy.up();
            var whole = run(
                    proxy.authority(),
                    server.fingerprint(),
                    hint.group(1),
                    hint.group(2),
                    hint.group(3).strip());
            assertThat(whole.code()).as(whole.err()).isZero();
            assertThat(whole.out()).contains(sent.sha256().hex());
            assertThat(server.files().resolve("long.bin")).hasSameBinaryContentAs(sent.file());
            assertThat(proxy.up() - before)
                    .as("what was there was not sent again")
                    .isLessThan(9 * MEBIBYTE);

            var again = run(
                    proxy.authority(),
                    server.fingerprint(),
                    "resume",
                    hint.group(2),
                    hint.group(3).strip());
            assertThat(again.code())
                    .as("a finished upload answers once more: " + again.err())
                    .isZero();
            assertThat(again.out()).contains(sent.sha256().hex());
        }
    }

    @Test
    void tellsWhatHappensOnTheServer() throws Exception {
        var out = folder.resolve("events");
        var tail = launch(out, folder.resolve("tail.err"), server.authority(), server.fingerprint(), "tail");
        try {
            var small = Payload.make(folder.resolve("small.bin"), 100, random);
            var name = new int[1];
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                must("upload", small.file().toString(), "/tailed-" + name[0]++);
                return Files.readString(out).contains("transfer-finished");
            });
            tail.destroy();
            assertThat(tail.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            tail.destroyForcibly();
        }
    }

    @Test
    void leavesNoSessionBehind() throws Exception {
        try (var web = Web.admin(server)) {
            int before = Web.items(web.get("/account/sessions")).size();
            var file = Payload.make(folder.resolve("session.bin"), 10, random)
                    .file()
                    .toString();
            must("upload", file, "/session.bin");
            must("list", "/");
            fails(6, "exists", "upload", file, "/session.bin");
            assertThat(Web.items(web.get("/account/sessions"))).hasSize(before);
        }
    }

    @Test
    void explainsItself() throws Exception {
        var help = run("--help", "x");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Example:  wherry-client.py --password-file FILE HOST:PORT");
    }

    @Test
    void saysNothingSecretToAnotherKey() throws Exception {
        var other = "SHA256:" + "A".repeat(43) + "=";
        var refused = run(server.authority(), other, "list", "/");
        assertThat(refused.code()).isEqualTo(9);
        assertThat(refused.err()).contains(server.fingerprint()).doesNotContain("Traceback");
    }

    @Test
    void errorsAreOneLineWithAnExitCode() throws Exception {
        fails(5, "not-found", "download", "/nowhere", folder.resolve("x").toString());
        fails(5, "not-found", "delete", "/nowhere");
        fails(1, "No such file", "upload", folder.resolve("nowhere").toString(), "/x");
        fails(2, "Commands:", "download", "/nowhere");
        var file = Payload.make(folder.resolve("twice.bin"), 10, random).file().toString();
        must("upload", file, "/twice.bin");
        fails(6, "exists", "upload", file, "/twice.bin");
        Files.writeString(password, "wrong\n");
        fails(4, "wrong-login", "list", "/");
        assertThat(folder.resolve("x.part")).doesNotExist();
        var dead = run("127.0.0.1:1", server.fingerprint(), "list", "/");
        assertThat(dead.code()).isEqualTo(3);
        assertThat(dead.err()).startsWith("wherry-client: cannot connect").hasLineCount(1);
    }

    private void fails(int code, String words, String... command) throws Exception {
        var failed = run(server.authority(), server.fingerprint(), command);
        assertThat(failed.code()).as(failed.err()).isEqualTo(code);
        assertThat(failed.err()).contains(words).doesNotContain("Traceback");
    }

    private Result must(String... command) throws Exception {
        var result = run(server.authority(), server.fingerprint(), command);
        assertThat(result.code()).as(result.err()).isZero();
        return result;
    }

    private Result run(String authority, String fingerprint, String... command) throws Exception {
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var process = launch(out, err, authority, fingerprint, command);
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("it hangs: " + List.of(command) + "\n" + Files.readString(err));
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Process launch(Path out, Path err, String authority, String fingerprint, String... command)
            throws IOException {
        var line = new ArrayList<>(List.of("python3", "-X", "utf8", SCRIPT, "--password-file", password.toString()));
        Stream.of(authority, fingerprint, "admin").forEach(line::add);
        line.addAll(List.of(command));
        return new ProcessBuilder(line)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
    }
}
