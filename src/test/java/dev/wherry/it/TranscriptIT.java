package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Transcript;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden conversations, held with a real server over TLS. */
final class TranscriptIT {
    private static final String ADMIN_PASSWORD = "battery staple";

    /** Facts that differ from run to run: of them only the type counts. */
    private static final Set<String> VARYING = Set.of(
            "message",
            "server",
            "node",
            "limits",
            "token",
            "expires",
            "upload",
            "etag",
            "modified",
            "seconds",
            "bytesPerSecond",
            "text",
            "rights",
            "oneTimePassword",
            "created",
            "transfer",
            "address",
            "started",
            "finished",
            "at",
            "since",
            "upBytesPerSecond",
            "downBytesPerSecond",
            "uploads",
            "downloads",
            "connections",
            "requests");

    @TempDir
    static Path temporary;

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        var password = temporary.resolve("battery");
        Files.writeString(password, ADMIN_PASSWORD + "\n");
        server = RunningServer.start(
                temporary.resolve("server"), Map.of("WHERRY_ADMIN_PASSWORD_FILE", password.toString()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void onlyTheTwoAccountsAndAnEmptyTree() throws IOException {
        try (var admin = WireClient.loggedIn(server, "admin", ADMIN_PASSWORD)) {
            for (var account : items(admin, "USER LIST", "name")) {
                if (!account.equals("admin")) {
                    admin.ask("USER REMOVE \"" + account + "\"");
                }
            }
            for (var folder : items(admin, "QUOTA LIST", "path")) {
                admin.ask("QUOTA REMOVE \"" + folder + "\"");
            }
            admin.ask("USER ADD tom password=\"correct horse\" rights=\"/:list,read,write,delete\"");
        }
        try (var tom = WireClient.loggedIn(server, "tom", "correct horse")) {
            for (var upload : items(tom, "UPLOADS", "upload")) {
                tom.ask("CANCEL " + upload);
            }
            for (var name : items(tom, "LIST /", "name")) {
                var path = "\"/" + name + "\"";
                var isFolder = "folder".equals(tom.ask("STAT " + path).get("kind"));
                tom.ask(isFolder ? "RMDIR " + path + " recursive=true" : "DELETE " + path);
            }
        }
    }

    private static List<String> items(WireClient client, String request, String fact) throws IOException {
        var names = new ArrayList<String>();
        var reply = client.say(request).reply();
        while (reply instanceof Reply.Item(var facts)) {
            names.add(String.valueOf(facts.get(fact)));
            reply = client.reply();
        }
        assertThat(reply).isInstanceOf(Reply.Ok.class);
        return names;
    }

    static List<Transcript> transcripts() {
        return Transcript.all();
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void theServerAnswersAsTheTranscriptSays(Transcript transcript) throws IOException {
        try (var client = WireClient.connect(server)) {
            var play = new Play(client);
            for (var step : transcript.steps()) {
                play.step(step);
            }
            play.nothingIsLeft();
        }
    }

    /**
     * The control: a reply that lacks a fact, or has another value or type, is not taken for the one that is expected.
     */
    @Test
    void aReplyThatDiffersIsNoticed() {
        assertThat(Play.matches("OK {\"a\":1,\"seconds\":2}", "OK {\"seconds\":0.5,\"b\":0,\"a\":1}"))
                .isTrue();
        assertThat(Play.matches("OK {\"a\":1}", "OK {\"a\":2}")).isFalse();
        assertThat(Play.matches("OK {\"a\":1}", "OK {}")).isFalse();
        assertThat(Play.matches("OK {\"seconds\":1}", "OK {\"seconds\":\"1\"}")).isFalse();
        assertThat(Play.matches("OK {}", "ERR {}")).isFalse();
        assertThat(Play.matches("0 -", "0 abc")).isFalse();
    }

    /** One conversation. */
    private static final class Play {
        private final WireClient client;
        private final Map<String, String> ids = new HashMap<>();
        private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
        private Optional<String> skipping = Optional.empty();
        private boolean closed;

        Play(WireClient client) {
            this.client = client;
        }

        void step(Transcript.Step step) throws IOException {
            switch (step) {
                case Transcript.Step.Hears ignored -> {}
                case Transcript.Step.Sends(var bytes) -> unsent.writeBytes(bytes);
                default -> {
                    flush();
                    listen(step);
                }
            }
        }

        private void listen(Transcript.Step step) throws IOException {
            switch (step) {
                case Transcript.Step.Hears ignored -> {}
                case Transcript.Step.Sends ignored -> {}
                case Transcript.Step.Closes() -> client.shutdownOutput();
                case Transcript.Step.AnswersAnyNumberOf(var word) -> skipping = Optional.of(word);
                case Transcript.Step.Answers(var expected) -> answers(expected);
                case Transcript.Step.AnswersContent(var expected) ->
                    assertThat(content(expected.length))
                            .asString(StandardCharsets.UTF_8)
                            .isEqualTo(new String(expected, StandardCharsets.UTF_8));
                case Transcript.Step.ServerCloses() -> nothingIsLeft();
            }
        }

        /** What is sent in a row goes in one piece: the server may close as soon as it has heard the half of it. */
        private void flush() throws IOException {
            if (unsent.size() > 0) {
                client.send(withTheServersIds(unsent.toByteArray()));
                unsent.reset();
            }
        }

        private void answers(String expected) throws IOException {
            var line = client.line();
            while (isSkipped(line, expected)) {
                line = client.line();
            }
            skipping = Optional.empty();
            assertThat(matches(expected, line))
                    .as("expected %s\n but was %s", expected, line)
                    .isTrue();
            learn(expected, line);
        }

        /** What a transcript calls an upload or a token stands for what the server calls it. */
        private byte[] withTheServersIds(byte[] sent) {
            var text = new String(sent, StandardCharsets.ISO_8859_1);
            for (var id : ids.entrySet()) {
                text = text.replace(id.getKey(), id.getValue());
            }
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }

        private void learn(String expected, String line) {
            if (word(expected).equals("SEND")) {
                ids.put(json(expected).getString("upload"), json(line).getString("upload"));
            } else if (expected.startsWith("OK ") && json(expected).containsKey("token")) {
                ids.put(json(expected).getString("token"), json(line).getString("token"));
            }
        }

        private boolean isSkipped(String line, String expected) {
            var word = word(line);
            return !word.equals(word(expected))
                    && (word.equals("ACK") || skipping.filter(word::equals).isPresent());
        }

        private byte[] content(int length) throws IOException {
            var content = new ByteArrayOutputStream();
            while (content.size() < length) {
                content.writeBytes(client.content(Integer.parseInt(client.line())));
            }
            return content.toByteArray();
        }

        void nothingIsLeft() throws IOException {
            if (!closed) {
                assertThat(client.isClosedByServer()).as("the server closes").isTrue();
                closed = true;
            }
        }

        static boolean matches(String expected, String line) {
            if (expected.indexOf('{') < 0) {
                return line.equals(expected);
            }
            return word(line).equals(word(expected)) && hasFacts(json(expected), json(line));
        }

        private static boolean hasFacts(JsonObject expected, JsonObject actual) {
            return expected.stream()
                    .allMatch(fact -> VARYING.contains(fact.getKey())
                            ? kind(fact.getValue()).equals(kind(actual.getValue(fact.getKey())))
                            : fact.getValue().equals(actual.getValue(fact.getKey())));
        }

        private static String kind(@Nullable Object value) {
            return value instanceof Number
                    ? "number"
                    : value == null ? "nothing" : value.getClass().getSimpleName();
        }

        private static JsonObject json(String line) {
            return new JsonObject(line.substring(line.indexOf(' ') + 1));
        }

        private static String word(String line) {
            int space = line.indexOf(' ');
            return space < 0 ? line : line.substring(0, space);
        }
    }
}
