package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.protocol.Facts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands by which somebody looks at a server: what is there, what ran, what happens, and who may come in. */
final class WatchIT {
    /** How an event says who did something, and from where. */
    private static final String BY_ANN = "\"account\":\"ann\",\"address\":\"127.0.0.1\",\"door\":\"console\",";

    @TempDir
    static Path temporary;

    private static RunningServer server;
    private static Client client;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start(temporary.resolve("server"));
        client = new Client(temporary.resolve("client"), server.clientEnvironment());
        Files.createDirectories(client.folder());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void put(String name, String content) throws IOException {
        Files.writeString(client.folder().resolve("content"), content);
        client.must("put", "--overwrite", "content", ":" + name);
    }

    private static void rot(String name, String content) throws IOException {
        var file = server.files().resolve(name);
        var written = Files.getLastModifiedTime(file);
        Files.writeString(file, content, StandardCharsets.UTF_8);
        Files.setLastModifiedTime(file, written);
    }

    @Test
    void filesAreVerifiedAndRotIsFound() throws IOException {
        client.must("mkdir", ":/verified/below");
        put("/verified/good", "good");
        put("/verified/below/bad", "what was stored");
        Files.writeString(server.files().resolve("verified/by-hand"), "hello");

        var fine = client.must("verify", "-r", ":/verified");

        assertThat(fine.out().lines()).hasSize(3);
        assertThat(fine.out())
                .contains(":/verified/good  4 B  as stored")
                .contains(":/verified/by-hand  5 B  recorded");
        assertThat(fine.err()).contains("2 as stored, 1 recorded now");

        rot("verified/below/bad", "what was storeD");
        var rotten = client.run("verify", ":/verified/below/bad");
        assertThat(rotten.code()).isEqualTo(8);
        assertThat(rotten.err())
                .contains(":/verified/below/bad: is not what was stored")
                .contains("good copy");
        var json = client.run("verify", "-r", "--json", ":/verified");
        assertThat(json.code()).isEqualTo(1);
        assertThat(json.out())
                .contains("\"event\":\"verified\",\"path\":\"/verified/good\"")
                .contains("\"equal\":false")
                .contains("\"code\":\"wrong-digest\"");
        assertThat(client.run("verify", ":/verified").err()).contains("(use -r)");
        assertThat(client.run("verify", ":/verified/none").code()).isEqualTo(5);
    }

    @Test
    void aTokenIsMadeUsedAndRevoked() throws IOException {
        client.must("mkdir", ":/tokens");
        var made = client.must(
                "token", "create", "backup", "--right", "/tokens:list,read", "--expires", "30d", "--out", "token");
        var file = client.folder().resolve("token");
        assertThat(made.out()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(client.run("token", "create", "other", "--out", "token").code())
                .isEqualTo(6);
        assertThat(client.must("token", "list").out()).contains("backup  made ").contains("/tokens:list,read");

        var program = client.without("WHERRY_PASSWORD_FILE", "WHERRY_USER").with("WHERRY_TOKEN_FILE", file.toString());
        program.must("ls", ":/tokens");
        assertThat(program.run("mkdir", ":/tokens/new").code()).isEqualTo(4);

        client.must("token", "revoke", "backup");
        assertThat(program.run("ls", ":/tokens").code()).isEqualTo(4);
        var twice = client.run("token", "revoke", "backup");
        assertThat(twice.code()).isEqualTo(5);
        assertThat(twice.err()).contains("wherry token list");
        assertThat(client.run("token", "create", "late", "--expires", "soon").code())
                .isEqualTo(2);
        var shown = client.must("token", "create", "shown", "--json").out();
        assertThat(shown).contains("\"event\":\"created\"").contains("\"token\":\"");
        client.must("token", "revoke", "shown");
    }

    @Test
    void theHistoryIsListedAsATableAsCsvAndAsJson() throws IOException {
        client.must("mkdir", ":/history");
        put("/history/a, \"b\"", "first");
        put("/history/second", "second!");
        put("/beside", "beside");

        var table = client.must("history", ":/history").out();
        assertThat(table.lines())
                .hasSize(2)
                .first()
                .asString()
                .contains("upload  admin  7 B")
                .endsWith(":/history/second");
        assertThat(client.must("history", "--csv", "--since", "1h", ":/history")
                        .out()
                        .lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("finished,started,direction,account,"))
                .anyMatch(line -> line.contains(",\"/history/a, \"\"b\"\"\",5,0,5,"));
        assertThat(client.must("history", "--json", "--user", "admin", "--until", "now", ":/history")
                        .out())
                .startsWith("{\"event\":\"transfer\",");
        var one = client.must("history", "--limit", "1", ":/history");
        assertThat(one.out().lines()).hasSize(1);
        assertThat(one.err()).contains("there are more");
        assertThat(client.must("history", "--all", ":/history").err()).isEmpty();
        assertThat(client.must("history", "--until", "yesterday").out()).isEmpty();
        assertThat(client.run("history", "--since", "whenever").code()).isEqualTo(2);
        assertThat(client.run("history", "--csv", "--json").code()).isEqualTo(2);
        assertThat(client.must("stats").out())
                .containsPattern("uploads +[0-9]+ done")
                .containsPattern("requests +count +half");
        assertThat(client.must("stats", "--json").out()).startsWith("{\"event\":\"stats\",");
        await().until(() -> client.must("stats").out().matches("(?s).*disk +[0-9.]+ .iB free of .*"));
    }

    @Test
    void changesOfTheTreeAreToldToWhoMaySeeThem() throws Exception {
        try (var admin = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD)) {
            admin.ask("USER ADD ann password=\"correct horse\"");
            admin.ask("USER ADD bob password=\"correct horse\"");
        }
        var all = temporary.resolve("all");
        var bobs = temporary.resolve("bobs");
        var tailing = client.start(all, temporary.resolve("all.err"), "tail", "--json", "--events", "--metrics");
        try (var ann = WireClient.loggedIn(server, "ann", "correct horse");
                var bob = WireClient.loggedIn(server, "bob", "correct horse")) {
            bob.say("TAIL");
            bob.reply();
            await().until(() -> Files.size(all) > 0);

            ann.ask("MKDIR /told/deep");
            ann.upload("/told/file", "content").done();
            ann.ask("MOVE /told/file /told/moved");
            ann.ask("DELETE /told/moved");
            ann.ask("RMDIR /told recursive=true");
            assertThat(ann.refusal("RMDIR /told")).isNotNull();
            await().until(() -> Files.readString(all).contains("\"event\":\"folder-removed\""));
            // The snapshot of this second, at the latest; and all that came before it.
            var heard = new StringBuilder(bob.line());
            bob.say("PING");
            for (var line = bob.line(); !line.startsWith("OK"); line = bob.line()) {
                heard.append(line);
            }
            Files.writeString(bobs, heard);

            assertThat(Files.readString(all))
                    .contains("\"event\":\"folder-made\"", BY_ANN + "\"path\":\"/told/deep\"")
                    .contains(BY_ANN + "\"path\":\"/told/file\",\"to\":\"/told/moved\"")
                    .contains("\"event\":\"file-deleted\"")
                    .contains("\"path\":\"/told\",\"recursive\":true");
            assertThat(Files.readString(bobs)).contains("EVENT").doesNotContain("/told");
            assertThat(server.output())
                    .contains("file deleted: account ann, address 127.0.0.1, door console, path /told/moved");
        } finally {
            tailing.destroyForcibly().waitFor();
        }
    }

    @Test
    void aTailCountsAsAnsweredWhenItBegins() throws Exception {
        try (var tailing = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD);
                var other = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD)) {
            tailing.say("TAIL metrics");
            for (int seconds = 0; seconds < 3; seconds++) {
                tailing.reply();
            }
            tailing.say("PING").outcome();

            var verbs = new Facts(other.ask("STATS")).inner("requests").inner("perVerb");
            assertThat(verbs.inner("tail").decimal("p99")).isLessThan(1.5);
        }
    }

    @Test
    void whoLogsOutWhileTheyListenLeavesNothingInTheLog() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (var tailing = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD);
                    var other = WireClient.greeted(server)) {
                var token = tailing.ask("LOGIN admin \"" + RunningServer.PASSWORD + "\"")
                        .get("token");
                other.ask("LOGIN token=" + token);
                tailing.say("TAIL");
                other.ask("LOGOUT");
                while (!tailing.line().startsWith("ERR")) {
                    // What happened before.
                }
            }
        }
        assertThat(server.errors()).doesNotContain("Discarding");
    }
}
