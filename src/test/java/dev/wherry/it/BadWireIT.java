package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.fault.Fault;
import dev.wherry.protocol.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bad input gets on the console door: an answer, and never anything that was not asked for. */
final class BadWireIT {
    private static final int CHUNK = 1 << 20;

    @TempDir
    static Path temporary;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(temporary.resolve("server"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static WireClient admin() throws IOException {
        return WireClient.loggedIn(server, "admin", RunningServer.PASSWORD);
    }

    private static Path file(String name) {
        return server.files().resolve(name);
    }

    @Test
    void aChunkOverTheLimitEndsTheConnection() throws IOException {
        try (var client = admin()) {
            client.say("UPLOAD /long size=unknown", Integer.toString(CHUNK + 1));
            assertThat(client.fault()).isEqualTo(Fault.CHUNK_TOO_LONG);
            assertThat(client.isClosedByServer()).isTrue();
        }
        assertThat(file("long")).doesNotExist();
    }

    @Test
    void aLengthThatIsNoNumberEndsTheConnection() throws IOException {
        try (var client = admin()) {
            client.ask("MKDIR /kept");
            client.say("UPLOAD /nan size=5", "0x5", "hello", "RMDIR /kept");
            assertThat(client.fault()).isEqualTo(Fault.MALFORMED);
            assertThat(client.isClosedByServer()).isTrue();
        }
        assertThat(file("kept")).isDirectory();
    }

    @Test
    void aLineOverTheLimitEndsTheConnection() throws IOException {
        try (var client = admin()) {
            client.say("STAT /" + "a".repeat(8192), "MKDIR /behind");
            assertThat(client.fault()).isEqualTo(Fault.LINE_TOO_LONG);
            assertThat(client.isClosedByServer()).isTrue();
        }
        assertThat(file("behind")).doesNotExist();
    }

    @Test
    void theChunksOfARefusedUploadAreNeverReadAsRequests() throws IOException {
        var spelled = "\nDELETE /x\n".repeat(1000);
        try (var client = admin()) {
            client.upload("/x", "precious").done();
            for (var refused : List.of("/nowhere/y", "/x", "/../x")) {
                client.upload(refused, spelled).failure();
            }
            client.upload("/x", spelled, "no=such").failure();
            assertThat(client.ask("STAT /x")).containsEntry("size", 8L);
            // The control: the same line where a request belongs does what it says.
            client.ask("DELETE /x");
        }
        assertThat(file("x")).doesNotExist();
    }

    @Test
    void anUploadBeforeLoginIsRefusedAndTheConnectionEnds() throws IOException {
        try (var client = WireClient.greeted(server)) {
            client.say("UPLOAD /early size=5");
            assertThat(client.fault()).isEqualTo(Fault.LOGIN_REQUIRED);
            assertThat(client.isClosedByServer()).isTrue();
        }
        assertThat(file("early")).doesNotExist();
    }

    @Test
    void whatIsNotWhatWasPromisedIsNotPublished() throws IOException {
        try (var client = admin()) {
            client.say("UPLOAD /false size=5").chunk("hallo").say(WireClient.endMark("hello"));
            assertThat(client.fault()).isEqualTo(Fault.WRONG_DIGEST);
            client.say("UPLOAD /false size=4").chunk("hello").say(WireClient.endMark("hello"));
            assertThat(client.fault()).isEqualTo(Fault.WRONG_SIZE);
            client.say("UPLOAD /less size=6").chunk("hello").say(WireClient.endMark("hello"));
            assertThat(client.fault()).isEqualTo(Fault.WRONG_SIZE);
            assertThat(client.ask("PING")).isEmpty();
        }
        assertThat(file("false")).doesNotExist();
        assertThat(file("less")).doesNotExist();
    }

    @Test
    void aWrongDigestLeavesNoPart() throws IOException {
        var content = "a part that could be found ".repeat(100);
        try (var client = admin()) {
            client.say("UPLOAD /part size=" + content.length()).chunk(content).say(WireClient.endMark("other"));
            assertThat(client.fault()).isEqualTo(Fault.WRONG_DIGEST);
            assertThat(filesOfSize(content.length())).isEmpty();
            client.upload("/part", content).done();
            assertThat(filesOfSize(content.length())).as("the control").hasSize(1);
        }
    }

    private static List<Path> filesOfSize(long size) throws IOException {
        try (var all = Files.walk(server.data())) {
            return all.filter(path -> path.toFile().isFile() && path.toFile().length() == size)
                    .toList();
        }
    }

    @Test
    void aNameThatTheGateRefusesIsToldItsRule() throws IOException {
        try (var client = admin()) {
            var refused = client.refusal("MKDIR \"/a\\\\b\"");
            assertThat(refused.fault()).isEqualTo(Fault.BAD_NAME);
            assertThat(refused.getMessage()).contains("backslash");
            assertThat(client.refusal("STAT /a/../b").getMessage()).contains("\"..\"");
        }
    }

    @Test
    void theNearestRequestAndOptionAreNamed() throws IOException {
        try (var client = admin()) {
            assertThat(client.refusal("DELTE /x").facts()).containsEntry("nearest", "DELETE");
            assertThat(client.refusal("LIST / recursve=true").facts()).containsEntry("nearest", "recursive");
            assertThat(client.refusal("HELP lisst").facts()).containsEntry("nearest", "LIST");
        }
    }

    @Test
    void fiveFailedLoginsMakeTheNextOneWait() throws IOException {
        try (var client = WireClient.greeted(server)) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.refusal("LOGIN guessed wrong").fault()).isEqualTo(Fault.WRONG_LOGIN);
            }
            var refused = client.refusal("LOGIN guessed wrong");
            assertThat(refused.fault()).isEqualTo(Fault.LOGIN_TOO_FAST);
            assertThat(refused.facts()).containsKey("retryAfterSeconds");
            client.ask("LOGIN admin \"" + RunningServer.PASSWORD + "\"");
        }
    }

    @Test
    void moreRequestsThanTheWindowAreAllAnsweredInOrder() throws IOException {
        int requests = 200;
        try (var client = admin()) {
            client.say(
                    IntStream.range(0, requests).mapToObj(i -> "MKDIR /w" + i).toArray(String[]::new));
            for (int i = 0; i < requests; i++) {
                assertThat(client.done()).containsEntry("path", "/w" + i);
            }
        }
    }

    @Test
    void aFolderAndItsFilesMayBePipelined() throws IOException {
        try (var client = admin()) {
            client.say("MKDIR /pipe");
            for (int i = 0; i < 40; i++) {
                client.upload("/pipe/" + i, "content " + i);
            }
            for (int i = 0; i <= 40; i++) {
                client.done();
            }
        }
        assertThat(file("pipe")).isDirectoryContaining("glob:**/39");
    }

    @Test
    void logoutCutsTheOtherConnectionsOfItsSession() throws IOException {
        try (var client = WireClient.greeted(server);
                var other = WireClient.greeted(server);
                var stranger = admin()) {
            var token =
                    client.ask("LOGIN admin \"" + RunningServer.PASSWORD + "\"").get("token");
            other.ask("LOGIN token=" + token);
            client.ask("LOGOUT");
            assertThat(other.fault()).isEqualTo(Fault.SESSION_ENDED);
            assertThat(other.isClosedByServer()).isTrue();
            assertThat(client.refusal("WHOAMI").fault()).isEqualTo(Fault.LOGIN_REQUIRED);
            stranger.ask("PING");
        }
    }

    @Test
    void aChangedPasswordEndsTheOtherSessionsOfTheAccount() throws IOException {
        try (var admin = admin()) {
            admin.ask("USER ADD changes password=\"first password 1\"");
        }
        try (var client = WireClient.loggedIn(server, "changes", "first password 1");
                var other = WireClient.loggedIn(server, "changes", "first password 1")) {
            other.say("UPLOAD /unfinished size=10").chunk("hello");
            assertThat(other.reply()).isInstanceOf(Reply.Send.class);
            client.ask("PASSWORD \"first password 1\" \"second password 2\"");
            assertThat(other.fault()).isEqualTo(Fault.SESSION_ENDED);
            assertThat(other.isClosedByServer()).isTrue();
            client.ask("PING");
        }
    }

    @Test
    void aTailEndsWithTheNextLineAndShowsOthersNothing() throws IOException {
        try (var admin = admin();
                var everything = admin();
                var own = WireClient.greeted(server)) {
            admin.ask("USER ADD watches password=\"watching you 1\"");
            own.ask("LOGIN watches \"watching you 1\"");
            own.say("TAIL events");
            everything.say("TAIL events");
            admin.upload("/secret-of-admin", "hello").done();
            awaitEvent(everything, "/secret-of-admin");
            own.say("UPLOAD /mine size=5").chunk("hello").say(WireClient.endMark("hello"));
            var seen = new ArrayList<String>();
            for (var line = own.line(); !line.startsWith("OK"); line = own.line()) {
                seen.add(line);
            }
            own.done();
            assertThat(seen).noneMatch(line -> line.contains("secret-of-admin"));
        }
    }

    private static void awaitEvent(WireClient client, String path) {
        await().atMost(Duration.ofSeconds(30)).until(() -> client.line().contains(path));
    }
}
