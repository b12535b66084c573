package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.fault.Fault;
import dev.wherry.protocol.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said on one connection and seen on another: tokens, running transfers, files that rot, full quotas. */
final class ControlIT {
    @TempDir
    static Path temporary;

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start(temporary.resolve("server"));
        try (var admin = admin()) {
            admin.ask("USER ADD tom password=\"correct horse\"");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static WireClient admin() throws IOException {
        return WireClient.loggedIn(server, "admin", RunningServer.PASSWORD);
    }

    private static WireClient tom() throws IOException {
        return WireClient.loggedIn(server, "tom", "correct horse");
    }

    private static List<Map<String, Object>> items(WireClient client, String request) throws IOException {
        var items = new ArrayList<Map<String, Object>>();
        var reply = client.say(request).reply();
        while (reply instanceof Reply.Item(var facts)) {
            items.add(facts);
            reply = client.reply();
        }
        assertThat(reply).isInstanceOf(Reply.Ok.class);
        return items;
    }

    @Test
    void onlyTheVersionThatIsMeantIsDeletedOrReplaced() throws IOException {
        try (var owner = tom()) {
            owner.upload("/old", "old").done();
            owner.upload("/new", "new").done();
            var old = etag(owner, "/old");
            var seen = etag(owner, "/new");

            assertThat(owner.refusal("MOVE /old /new if=" + old).fault()).isEqualTo(Fault.CHANGED);
            assertThat(owner.refusal("DELETE /new if=" + old).fault()).isEqualTo(Fault.CHANGED);
            assertThat(etag(owner, "/old")).isEqualTo(old);
            assertThat(etag(owner, "/new")).isEqualTo(seen);

            owner.ask("MOVE /old /new if=" + seen);
            assertThat(owner.refusal("DELETE /new if=" + seen).fault()).isEqualTo(Fault.CHANGED);
            owner.ask("DELETE /new if=" + etag(owner, "/new"));
            assertThat(owner.refusal("STAT /new").fault()).isEqualTo(Fault.NOT_FOUND);
        }
    }

    private static String etag(WireClient client, String path) throws IOException {
        return String.valueOf(client.ask("STAT " + path).get("etag"));
    }

    @Test
    void aRevokedTokenCutsItsConnectionsAndNoOthers() throws Exception {
        try (var owner = tom();
                var program = WireClient.greeted(server);
                var other = WireClient.greeted(server)) {
            var token = owner.ask("TOKEN CREATE program rights=\"/:list\"").get("token");
            var kept = owner.ask("TOKEN CREATE kept").get("token");
            program.ask("LOGIN token=" + token);
            other.ask("LOGIN token=" + kept);
            assertThat(program.refusal("MKDIR /x").fault()).isEqualTo(Fault.DENIED);

            owner.ask("TOKEN REVOKE program");

            assertThat(program.fault()).isEqualTo(Fault.SESSION_ENDED);
            assertThat(program.isClosedByServer()).isTrue();
            assertThat(other.ask("WHOAMI")).containsEntry("user", "tom");
            assertThat(owner.ask("WHOAMI")).containsEntry("user", "tom");
        }
    }

    @Test
    void aRunningUploadIsSeenByItsOwnerAndByAdministrators() throws IOException {
        try (var sender = tom();
                var owner = tom();
                var admin = admin();
                var ann = WireClient.greeted(server)) {
            admin.ask("USER ADD ann password=\"correct horse\"");
            ann.ask("LOGIN ann \"correct horse\"");
            sender.say("UPLOAD /running size=2000000").chunk("hello");
            assertThat(sender.reply()).isInstanceOf(Reply.Send.class);

            await().until(() -> items(owner, "TRANSFERS").stream()
                    .anyMatch(transfer -> Long.valueOf(5).equals(transfer.get("bytes"))));

            var seen = items(owner, "TRANSFERS").getFirst();
            assertThat(seen)
                    .containsEntry("path", "/running")
                    .containsEntry("account", "tom")
                    .containsEntry("direction", "upload")
                    .containsEntry("size", 2_000_000L)
                    .containsKeys("durable", "bytesPerSecond", "stalled", "started");
            assertThat(items(admin, "TRANSFERS")).hasSize(1);
            assertThat(items(ann, "TRANSFERS")).isEmpty();
            sender.say("!");
            assertThat(sender.fault()).isEqualTo(Fault.STOPPED);
            await().until(() -> items(admin, "TRANSFERS").isEmpty());
            assertThat(items(ann, "HISTORY")).isEmpty();
            assertThat(items(admin, "HISTORY user=tom path=/running")).hasSize(1);
        }
    }

    @Test
    void bitsThatRotAreSeen() throws IOException {
        try (var tom = tom();
                var admin = admin()) {
            tom.upload("/rotten", "good bytes").done();
            assertThat(tom.ask("VERIFY /rotten")).containsEntry("equal", true);
            var file = server.files().resolve("rotten");
            var written = Files.getLastModifiedTime(file);
            Files.writeString(file, "bad! bytes");
            Files.setLastModifiedTime(file, written);
            admin.say("TAIL");
            awaitSubscribed(admin);

            var outcome = tom.ask("VERIFY /rotten");

            assertThat(outcome).containsEntry("equal", false).containsKeys("recorded", "computed");
            assertThat(outcome.get("recorded")).isNotEqualTo(outcome.get("computed"));
            assertThat(event(admin, "verification-failed"))
                    .containsEntry("path", "/rotten")
                    .containsEntry("computed", outcome.get("computed"))
                    .containsEntry("recorded", outcome.get("recorded"));
        }
    }

    /** What comes every second shows that the tail has begun. */
    private static void awaitSubscribed(WireClient tailing) throws IOException {
        while (!(tailing.reply() instanceof Reply.Event(var facts)) || facts.containsKey("event")) {
            // What happened before.
        }
    }

    private static Map<String, Object> event(WireClient tailing, String name) throws IOException {
        while (true) {
            if (tailing.reply() instanceof Reply.Event(var facts) && name.equals(facts.get("event"))) {
                return facts;
            }
        }
    }

    @Test
    void aLongVerificationHoldsTheFileAndEndsWithItsConnection() throws IOException {
        try (var huge = FileChannel.open(
                server.files().resolve("huge"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            huge.write(ByteBuffer.wrap(new byte[1]), 64L << 30);
        }
        try (var other = tom()) {
            try (var reader = tom()) {
                reader.say("VERIFY /huge");
                await().until(() -> isBusy(other, "/huge"));
            }

            await().until(() -> other.say("DELETE /huge").outcome() instanceof Reply.Ok);
        }
    }

    /** Asks for a move that cannot be, and so moves nothing where it is not. */
    private static boolean isBusy(WireClient client, String path) throws IOException {
        var fault = client.refusal("MOVE " + path + " /no/such/folder").fault();
        assertThat(fault).isIn(Fault.BUSY, Fault.NO_FOLDER);
        return fault == Fault.BUSY;
    }

    @Test
    void aDigestThatNobodyKnewIsRecorded() throws IOException {
        Files.writeString(server.files().resolve("by-hand"), "hello", StandardCharsets.UTF_8);
        try (var tom = tom()) {
            assertThat(tom.ask("STAT /by-hand")).doesNotContainKey("sha256");

            var outcome = tom.ask("VERIFY /by-hand");

            assertThat(outcome).doesNotContainKeys("recorded", "equal");
            assertThat(tom.ask("STAT /by-hand")).containsEntry("sha256", outcome.get("computed"));
            assertThat(tom.ask("VERIFY /by-hand")).containsEntry("equal", true);
        }
    }

    @Test
    void anUploadOfUnknownSizeIsStoppedAtItsQuota() throws IOException {
        try (var tom = tom();
                var admin = admin()) {
            tom.ask("MKDIR /small");
            admin.ask("QUOTA SET /small bytes=100000");
            tom.say("UPLOAD /small/stream size=unknown");
            assertThat(tom.reply()).isInstanceOf(Reply.Send.class);
            tom.chunk("x".repeat(100_001));

            var refused = tom.failure();

            assertThat(refused.fault()).isEqualTo(Fault.OVER_QUOTA);
            assertThat(refused.facts()).containsEntry("allowed", 100_000L).containsEntry("path", "/small");
            tom.say("!");
            assertThat(items(tom, "LIST /small")).isEmpty();
        }
    }
}
