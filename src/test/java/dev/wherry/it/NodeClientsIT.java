package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that others wrote, under Node and as they are published: tus-js-client, Vert.x's event bus client, ws. */
final class NodeClientsIT {
    private static final int MEBIBYTE = 1 << 20;
    private static final String EVENTS = "wherry.events";
    private static final String SNAPSHOTS = "wherry.metrics";
    /** The bus of the server has these, and none of them is for anybody outside. */
    private static final List<String> CLOSED = List.of(
            "wherry.auth.login",
            "wherry.auth.sessions-ended",
            "wherry.metrics.history",
            "wherry",
            "wherry.events.x",
            "");

    @TempDir
    private static Path home;

    private static RunningServer server;
    private static String address;
    private static Web web;

    private final Random random = Application.random(NodeClientsIT.class);

    @BeforeAll
    static void start() {
        server = RunningServer.start(home);
        address = "https://localhost:" + server.webPort();
        web = Web.admin(server);
    }

    @AfterAll
    static void stop() {
        web.close();
        server.close();
    }

    @Test
    void tusJsClientUploadsThroughABadLinkThatAlsoLosesTheLastAnswer() throws IOException {
        var sent = Payload.make(home.resolve("picture.raw"), 20 * MEBIBYTE, random);
        try (var proxy = new CuttingProxy(server.webPort())) {
            proxy.cut(new CuttingProxy.Cut.Up(5 * MEBIBYTE));
            proxy.cut(new CuttingProxy.Cut.Up(6 * MEBIBYTE));
            proxy.cut(new CuttingProxy.Cut.Answer(2 * MEBIBYTE));
            var port = proxy.authority().substring(proxy.authority().indexOf(':'));
            try (var client = Node.start(
                    "tus-upload",
                    Node.admin(server),
                    "https://localhost" + port + "/uploads",
                    sent.file().toString(),
                    "été \"1\".raw")) {
                assertThat(client.ends()).as("%s", client.said()).isZero();
                assertThat(client.said().getLast()).isEqualTo(new JsonObject().put("done", true));
                // Who asks while the last that came is still being written may be told to ask again, with 409.
                assertThat(client.said())
                        .as("the last answer was lost, and what was asked again is the whole length")
                        .noneMatch(said -> "PATCH".equals(said.getString("method")) && said.getInteger("status") == 204)
                        .anyMatch(said -> Long.toString(sent.size()).equals(said.getString("offset")));
            }
            assertThat(proxy.cutsMade()).isEqualTo(3);
            assertThat(proxy.up()).as("what was there was not sent again").isLessThan(sent.size() * 3 / 2);
        }
        assertThat(server.files().resolve("été \"1\".raw")).hasSameBinaryContentAs(sent.file());
    }

    @Test
    void theEventBusClientTailsAnUpload() throws IOException {
        var made = web.json("POST", "/account/tokens", new JsonObject().put("name", "tail"));
        var token = Files.writeString(home.resolve("token"), Web.object(made).getString("token") + "\n");
        var script = Path.of("scripts/tail-events.mjs");
        try (var events = Node.start(script, Node.admin(server), address, token.toString());
                var metrics = Node.start(script, Node.admin(server), address, token.toString(), "--metrics")) {
            metrics.hears(said -> said.containsKey("upBytesPerSecond"));
            // Whether the other one listens is seen by what it hears.
            for (int i = 0; events.said().stream().noneMatch(finished("/tailed")) && i < 200; i++) {
                assertThat(web.put("/files/tailed?overwrite=true", Payload.bytes(MEBIBYTE, random))
                                .statusCode())
                        .isIn(200, 201);
            }
            var told = events.hears(finished("/tailed"));
            assertThat(told.getString("door")).isEqualTo("web");
            assertThat(told.getInteger("bytes")).isEqualTo(MEBIBYTE);
            metrics.hears(said -> said.getJsonObject("uploads").getInteger("done") > 0);

            assertThat(web.delete("/account/tokens/tail").statusCode()).isEqualTo(200);
            assertThat(events.ends())
                    .as("who is not known any more hears nothing")
                    .isEqualTo(4);
            assertThat(events.errors()).contains("the session has ended");
        }
        assertTailEnds(4, "is not taken", Node.admin(server), address, token.toString());
    }

    /** In one line, and not in that of a library. */
    private static void assertTailEnds(int code, String why, Map<String, String> environment, String... arguments) {
        try (var tail = Node.start(Path.of("scripts/tail-events.mjs"), environment, arguments)) {
            assertThat(tail.ends()).as(tail.errors()).isEqualTo(code);
            assertThat(tail.errors().lines().filter(line -> !line.contains("Warning")))
                    .as(tail.errors())
                    .singleElement()
                    .asString()
                    .startsWith("tail-events: ")
                    .contains(why);
        }
    }

    @Test
    void whoCannotTailIsToldWhy() throws IOException {
        var wrong = Files.writeString(home.resolve("wrong-token"), "no token\n").toString();
        var trusting = Node.admin(server);
        assertTailEnds(4, "the token in " + wrong + " is not taken", trusting, address, wrong);
        assertTailEnds(3, "NODE_EXTRA_CA_CERTS", Map.of(), address, wrong);
        assertTailEnds(3, "cannot connect to https://localhost:1 ", trusting, "https://localhost:1", wrong);
        assertTailEnds(2, "the token cannot be read", trusting, address, wrong + ".not");
        assertTailEnds(2, "usage: ", trusting, "localhost", wrong);
    }

    private static Predicate<JsonObject> finished(String path) {
        return said -> "transfer-finished".equals(said.getString("event")) && path.equals(said.getString("path"));
    }

    @Test
    void whoIsNoAdministratorHearsOnlyTheirOwn() {
        var password = "a long enough password";
        var rights = new JsonArray().add("/:list,read,write");
        web.json("POST", "/users", new JsonObject().put("name", "bea").put("rights", rights));
        var oneTime = Web.object(web.post("/users/bea/reset")).getString("oneTimePassword");
        try (var bea = Web.stranger(server).as("bea", oneTime)) {
            var change = new JsonObject().put("old", oneTime).put("new", password);
            assertThat(bea.json("PUT", "/account/password", change).statusCode())
                    .isEqualTo(200);
            var hers = Node.as(server, Web.basic("bea", password));
            bea.as("bea", password);
            try (var heard = Node.start("bus", hers, address, EVENTS, SNAPSHOTS);
                    var live = Node.start("live", hers, address);
                    var all = Node.start("bus", Node.admin(server), address, EVENTS)) {
                heard.hears(said -> SNAPSHOTS.equals(said.getString("address")));
                live.hears(said -> said.containsKey("upBytesPerSecond"));
                all.hears(said -> said.containsKey("open"));
                web.put("/files/not-hers", new byte[] {1});
                bea.put("/files/hers", new byte[] {2});
                heard.hears(said -> EVENTS.equals(said.getString("address"))
                        && finished("/hers").test(said.getJsonObject("body")));
                live.hears(finished("/hers"));
                assertThat(heard.said().toString() + live.said())
                        .as("the other one came before hers")
                        .doesNotContain("not-hers", "\"admin\"");
                all.hears(said -> said.encode().contains("not-hers"));
                all.hears(said -> said.encode().contains("/hers"));
            }
        }
    }

    @Test
    void nothingCanBeSentAndNoOtherAddressHeard() {
        try (var bad = Node.start("bus", Node.admin(server), address, EVENTS);
                var good = Node.start("bus", Node.admin(server), address, EVENTS, SNAPSHOTS)) {
            good.hears(said -> SNAPSHOTS.equals(said.getString("address")));
            bad.hears(said -> said.containsKey("open"));
            int asked = 0;
            for (var closed : CLOSED) {
                for (var how : List.of("send", "publish", "register")) {
                    if (!closed.isEmpty()) {
                        bad.say(new JsonObject().put(how, closed));
                        asked++;
                    }
                }
            }
            for (var open : List.of(EVENTS, SNAPSHOTS)) {
                bad.say(new JsonObject().put("send", open)).say(new JsonObject().put("publish", open));
                asked += 2;
            }
            int expected = asked;
            await().until(() -> bad.said().stream()
                            .filter(said -> said.containsKey("refused"))
                            .count()
                    >= expected);
            web.put("/files/after-all-that", new byte[] {3});
            good.hears(said -> said.encode().contains("after-all-that"));
            assertThat(good.said().toString()).doesNotContain("forged");
            assertThat(bad.said()).noneMatch(said -> said.containsKey("answered"));
        }
    }

    @Test
    void nobodyIsHeardWithoutALogin() {
        try (var nobody = Node.start("bus", Node.as(server, ""), address, EVENTS);
                var wrong = Node.start("bus", Node.as(server, Web.basic("admin", "wrong")), address, EVENTS);
                var live = Node.start("live", Node.as(server, ""), address)) {
            for (var refused : List.of(nobody, wrong)) {
                refused.hears(said -> said.containsKey("closed"));
                assertThat(refused.said()).noneMatch(said -> said.containsKey("open"));
            }
            assertThat(live.hears(said -> said.containsKey("failed")).getString("failed"))
                    .contains("401");
        }
    }

    @Test
    void whoseSessionHasEndedIsCutOff() {
        var made = web.json("POST", "/account/tokens", new JsonObject().put("name", "cut"));
        var with = Node.as(server, "Bearer " + Web.object(made).getString("token"));
        try (var bus = Node.start("bus", with, address, EVENTS);
                var live = Node.start("live", with, address)) {
            bus.hears(said -> said.containsKey("open"));
            live.hears(said -> said.containsKey("open"));
            assertThat(web.delete("/account/tokens/cut").statusCode()).isEqualTo(200);
            assertThat(live.hears(said -> said.containsKey("closed")).getInteger("closed"))
                    .isEqualTo(4401);
            bus.hears(said -> said.containsKey("closed"));
            assertThat(bus.hears(said -> said.containsKey("refused"))
                            .getJsonObject("refused")
                            .getString("failureType"))
                    .isEqualTo("session-ended");
        }
    }

    /** Nobody ceases to administer but by being removed. */
    @Test
    void anAdministratorWhoIsRemovedHearsNothingMore() {
        var second = new JsonObject()
                .put("name", "second")
                .put("password", "another good one")
                .put("admin", true);
        assertThat(web.json("POST", "/users", second).statusCode()).isEqualTo(201);
        var with = Node.as(server, Web.basic("second", "another good one"));
        try (var bus = Node.start("bus", with, address, EVENTS);
                var live = Node.start("live", with, address)) {
            bus.hears(said -> said.containsKey("open"));
            live.hears(said -> said.containsKey("open"));
            web.put("/files/heard-by-both", new byte[] {5});
            live.hears(finished("/heard-by-both"));
            bus.hears(said -> said.encode().contains("heard-by-both"));
            assertThat(web.delete("/users/second").statusCode()).isEqualTo(200);
            live.hears(said -> said.containsKey("closed"));
            bus.hears(said -> said.containsKey("closed"));
            web.put("/files/heard-by-none", new byte[] {6});
            assertThat(live.said().toString() + bus.said()).doesNotContain("heard-by-none");
        }
    }

    @Test
    void aPlainWebSocketReadsWhatHappens() {
        try (var live = Node.start("live", Node.admin(server), address)) {
            live.hears(said -> said.containsKey("upBytesPerSecond"));
            web.put("/files/watched", new byte[] {4});
            assertThat(live.hears(finished("/watched")).getString("outcome")).isEqualTo("done");
        }
    }
}
