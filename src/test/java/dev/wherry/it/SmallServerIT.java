package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.fault.Fault;
import dev.wherry.protocol.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that was told to allow little: each of these settings refuses, says so, and harms nobody else. */
final class SmallServerIT {
    @TempDir
    Path temporary;

    @Test
    void whoComesWhenEveryPlaceIsTakenIsSentAwayUntilOneIsFree() throws IOException {
        try (var server = start("console.maxConnections=2")) {
            var client = new Client(temporary.resolve("client"), server.clientEnvironment());
            try (var first = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD);
                    var second = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD)) {
                var refused = client.run("ls");
                assertThat(refused.code()).as(refused.err()).isEqualTo(3);
                assertThat(refused.err()).startsWith("wherry: ").doesNotContain("Exception");
                first.ask("PING");
                second.ask("PING");
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> client.run("ls").code() == 0);
        }
    }

    @Test
    void whoSaysNothingForTooLongIsSentAway() throws IOException {
        try (var server = start("console.idleTimeout=3s");
                var silent = WireClient.greeted(server)) {
            assertThat(silent.isClosedByServer()).isTrue();
        }
    }

    @Test
    void uploadsThatAreTooLargeOrTooManyAreRefused() throws IOException {
        try (var server = start("files.maxSize=1KiB", "transfers.maxPerUser=1");
                var client = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD);
                var running = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD)) {
            assertThat(client.upload("/promised", "x".repeat(1025)).fault()).isEqualTo(Fault.TOO_LARGE);
            client.say("UPLOAD /grown size=unknown").chunk("x".repeat(1025)).say(WireClient.endMark("x".repeat(1025)));
            assertThat(client.fault()).isEqualTo(Fault.TOO_LARGE);
            running.say("UPLOAD /running size=5");
            assertThat(running.reply()).isInstanceOf(Reply.Send.class);
            assertThat(client.upload("/more", "hello").fault()).isEqualTo(Fault.TOO_MANY);
            running.chunk("hello").say(WireClient.endMark("hello")).done();
            client.upload("/more", "x".repeat(1024)).done();
            assertThat(server.files()).isDirectoryNotContaining("glob:**/{promised,grown}");
        }
    }

    @Test
    void aNameThatOtherSystemsCannotHoldIsRefusedOnRequest() throws IOException {
        try (var server = start("names.portable=true");
                var client = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD)) {
            var refused = client.refusal("MKDIR /con");
            assertThat(refused.fault()).isEqualTo(Fault.BAD_NAME);
            assertThat(refused.facts()).containsKey("rule");
            client.ask("MKDIR /convoy");
        }
    }

    @Test
    void aServerThatOnlyReadsChangesNothing() throws IOException {
        var home = temporary.resolve("server");
        Files.createDirectories(home.resolve("tree/folder"));
        Files.writeString(home.resolve("tree/file"), "as it was");
        try (var server =
                RunningServer.start(home, "--read-only", home.resolve("tree").toString())) {
            var client = new Client(home.resolve("tree"), server.clientEnvironment());
            for (var command :
                    new String[] {"put file :/new", "rm :/file", "mkdir :/new", "rmdir :/folder", "mv :/file :/new"}) {
                var refused = client.run(command.split(" "));
                assertThat(refused.code()).as(command + ": " + refused.err()).isEqualTo(4);
                assertThat(refused.err()).as(command).contains("read");
            }
            assertThat(client.must("ls", ":/").out()).contains("file", "folder");
            try (var left = Files.walk(home.resolve("tree"))) {
                assertThat(left.map(
                                path -> home.resolve("tree").relativize(path).toString()))
                        .containsExactlyInAnyOrder("", "file", "folder");
            }
        }
    }

    /** The client says how long to wait, and the right password does not help before that. */
    @Test
    void whoGuessedTooOftenIsToldToWait() throws IOException {
        try (var server = start("login.firstDelay=1m")) {
            try (var guessing = WireClient.greeted(server)) {
                for (int i = 0; i < 5; i++) {
                    guessing.refusal("LOGIN admin wrong");
                }
            }
            var refused = new Client(temporary.resolve("client"), server.clientEnvironment()).run("ls");
            assertThat(refused.code()).as(refused.err()).isEqualTo(4);
            assertThat(refused.err()).contains("too many failed logins", "try again");
        }
    }

    private RunningServer start(String... settings) {
        var more = new String[2 * settings.length];
        for (int i = 0; i < settings.length; i++) {
            more[2 * i] = "--set";
            more[2 * i + 1] = settings[i];
        }
        return RunningServer.start(temporary.resolve("server"), more);
    }
}
