package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bad input gets from the command line: a sentence that says what to do, and the number that scripts rely on. */
final class BadInputIT {
    @TempDir
    static Path temporary;

    private static RunningServer server;
    private static Client client;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start(temporary.resolve("server"), "--set", "http.headerTimeout=2s");
        client = new Client(temporary.resolve("client"), server.clientEnvironment());
        Files.createDirectories(client.folder());
        Files.writeString(client.folder().resolve("file"), "hello");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void refused(Client.Result result, int code, String... words) {
        assertThat(result.err()).contains(words);
        assertThat(result.code()).as(result.err()).isEqualTo(code);
    }

    @Test
    void thePortOfThePage() {
        var astray = client.with("WHERRY_SERVER", "127.0.0.1:" + server.webPort());
        refused(astray.run("ls"), 3, "did not greet", "4451");
    }

    @Test
    void aServerThatIsNotThere() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        var lost = client.with("WHERRY_SERVER", "127.0.0.1:" + free);
        refused(lost.run("ls"), 3, "connection refused: is a server listening on 127.0.0.1:" + free + "?");
    }

    @Test
    void aWrongPasswordAndAnUnknownUserGetTheSame() throws IOException {
        var wrong = Files.writeString(temporary.resolve("wrong"), "not the password\n");
        var guessing = client.with("WHERRY_PASSWORD_FILE", wrong.toString());
        refused(guessing.run("ls"), 4, "wrong user name or password");
        refused(guessing.with("WHERRY_USER", "some body").run("ls"), 4, "wrong user name or password");
    }

    @Test
    void uploadsThatCannotBe() throws IOException {
        refused(client.run("put", "missing", ":/"), 5, "no such file: missing");
        client.must("upload", "file", ":/taken");
        Files.writeString(client.folder().resolve("other"), "other");
        refused(client.run("put", "other", ":/taken"), 6, "already exists", "--overwrite");
        client.must("put", "--skip", "other", ":/taken");
        assertThat(server.files().resolve("taken")).hasContent("hello");
        client.must("put", "--overwrite", "other", ":/taken");
        assertThat(server.files().resolve("taken")).hasContent("other");
        refused(client.run("put", "file", ":/a/../b"), 2, "..");
    }

    @Test
    void downloadsThatCannotBe() throws IOException {
        refused(client.run("download", ":/missing", "here"), 5, "no such file: :/missing");
        try (var left = Files.list(client.folder())) {
            assertThat(left)
                    .noneMatch(path -> String.valueOf(path.getFileName()).contains("here"));
        }
    }

    @Test
    void removingWhatIsMissingOrBusy() throws IOException {
        refused(client.run("delete", ":/missing"), 5, "no such file");
        refused(client.run("rmdir", ":/missing"), 5, "no such folder: :/missing");
        refused(client.run("mv", ":/missing", ":/there"), 5, "no such file or folder: :/missing");
        refused(client.run("mv", ":/no/missing", ":/there"), 5, "no such file or folder: :/no/missing");
        try (var uploading = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD)) {
            uploading.say("UPLOAD /busy size=10").reply();
            refused(client.run("rm", ":/busy"), 7, "busy: ", "being uploaded by admin");
        }
    }

    @Test
    void uploadsThatAreNotKept() {
        var unknown = "0123456789abcdef0123456789abcdef";
        refused(client.run("uploads", "cancel", unknown), 5, "no such upload");
        refused(client.run("put", "--resume", unknown, "file"), 5, "no such upload: " + unknown);
    }

    @Test
    void foldersThatAreMissingOrThereOrNotEmpty() {
        refused(client.run("dir", ":/missing"), 5, "no such folder");
        client.must("mkdir", ":/folder");
        refused(client.run("mkdir", ":/folder"), 6, "already exists");
        for (int i = 0; i < 3; i++) {
            client.must("put", "file", ":/folder/" + i);
        }
        refused(client.run("rmdir", ":/folder"), 6, "not empty: 3 entries (use -r)");
        client.must("rmdir", "-r", ":/folder");
        assertThat(server.files().resolve("folder")).doesNotExist();
    }

    @Test
    void theNearestCommandAndOptionAreNamed() {
        refused(client.run("pu", "file"), 2, "did you mean put?");
        refused(client.run("put", "--overwrit", "file"), 2, "did you mean --overwrite?");
    }

    @Test
    void aRightThatIsMissing() throws IOException {
        var password = Files.writeString(temporary.resolve("reader"), "only for reading\n");
        client.must("user", "add", "reader", "--right", "/:list,read", "--user-password-file", password.toString());
        var reader = client.with("WHERRY_USER", "reader").with("WHERRY_PASSWORD_FILE", password.toString());
        refused(reader.run("put", "file", ":/denied"), 4, "wherry: ");
        assertThat(server.files().resolve("denied")).doesNotExist();
        refused(reader.run("user", "list"), 4, "administrator");
    }

    @Test
    void aFileThatChangesWhileItIsSent() throws IOException, InterruptedException {
        var changing = client.folder().resolve("changing");
        Files.write(changing, new byte[64 << 20]);
        var err = temporary.resolve("changing.err");
        var sending = client.start(temporary.resolve("changing.out"), err, "put", "changing", ":/");
        var time = Instant.parse("2026-01-01T00:00:00Z");
        while (!sending.waitFor(1, TimeUnit.MILLISECONDS)) {
            time = time.plus(Duration.ofSeconds(1));
            Files.setLastModifiedTime(changing, FileTime.from(time));
        }
        assertThat(err).content().contains("changed while it was sent");
        assertThat(sending.exitValue()).isEqualTo(8);
        assertThat(server.files().resolve("changing")).doesNotExist();
    }

    @Test
    void aTakenPortNamesItsHolderAndTheSetting() throws IOException {
        refusesToStart(
                "taken", "process " + server.pid(), "console.port", "--set", "console.port=" + server.consolePort());
    }

    @Test
    void aDataFolderInUseNamesItsHolder() throws IOException {
        refusesToStart(
                "in-use",
                "in use by process " + server.pid(),
                "--data",
                "--data",
                server.data().toString());
    }

    private static void refusesToStart(String name, String holder, String remedy, String... more) throws IOException {
        var home = temporary.resolve(name);
        var arguments = new ArrayList<String>();
        arguments.add("serve");
        for (var door : new String[] {"console", "http", "management"}) {
            arguments.addAll(List.of("--set", door + ".port=0", "--set", door + ".host=127.0.0.1"));
        }
        if (!more[0].equals("--data")) {
            arguments.addAll(List.of("--data", home.resolve("data").toString()));
        }
        arguments.addAll(List.of(more));
        var starting = new Client(home, Map.of());
        var result = starting.run(arguments.toArray(String[]::new));
        assertThat(result.code()).as(result.out() + result.err()).isEqualTo(1);
        assertThat(result.err().strip()).contains(holder, remedy);
        assertThat(result.err().strip().lines()).hasSize(1);
    }

    @Test
    void aDiskWithoutRoom() throws IOException {
        try (var full = RunningServer.start(temporary.resolve("full"), "--set", "files.keepFree=900TiB")) {
            var refused = new Client(client.folder(), full.clientEnvironment()).run("put", "file", ":/");
            refused(refused, 10, "space");
            assertThat(full.files().resolve("file")).doesNotExist();
        }
    }
}
