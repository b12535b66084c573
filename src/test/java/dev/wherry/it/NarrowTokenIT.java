package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.protocol.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a token that was made for one folder hears of what its account does elsewhere: nothing, at both doors. */
final class NarrowTokenIT {
    private static final String BIG = " size=2000000";

    @TempDir
    Path home;

    private RunningServer server;
    private Web admin;
    private String token = "";

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(home);
        admin = Web.admin(server);
        Files.createDirectories(server.files().resolve("inbox"));
        Files.createDirectories(server.files().resolve("private"));
        var asked = new JsonObject().put("name", "narrow").put("rights", new JsonArray().add("/inbox:list,read,write"));
        token = Web.object(admin.json("POST", "/account/tokens", asked)).getString("token");
        admin.without("Content-Type");
    }

    @AfterEach
    void stop() {
        admin.close();
        server.close();
    }

    private Web narrow() {
        return Web.stranger(server).with("Authorization", "Bearer " + token);
    }

    @Test
    void whatRunsElsewhereIsNotListed() throws IOException {
        try (var _ = begun("/inbox/a");
                var _ = begun("/private/b");
                var console = WireClient.loggedIn(server, token);
                var web = narrow()) {
            await().until(() -> admin.get("/transfers"), all -> Web.items(all).size() == 2);
            assertThat(Web.items(web.get("/transfers")))
                    .extracting(one -> one.getString("path"))
                    .containsExactly("/inbox/a");
            console.say("TRANSFERS");
            assertThat(items(console)).contains("/inbox/a").doesNotContain("/private");
        }
    }

    @Test
    void whatRanElsewhereIsNotInTheHistory() throws IOException {
        admin.put("/files/inbox/first", new byte[1]);
        admin.put("/files/inbox/second", new byte[2]);
        admin.put("/files/private/third", new byte[3]);
        try (var console = WireClient.loggedIn(server, token);
                var web = narrow()) {
            assertThat(Web.items(admin.get("/history"))).hasSize(3);
            assertThat(Web.items(web.get("/history")))
                    .extracting(one -> one.getString("path"))
                    .containsExactly("/inbox/second", "/inbox/first");
            var one = Web.object(web.get("/history?limit=1"));
            assertThat(one.getJsonArray("items").getJsonObject(0).getString("path"))
                    .isEqualTo("/inbox/second");
            assertThat(one.getBoolean("more")).isTrue();
            assertThat(Web.items(web.get("/history?path=/private"))).isEmpty();
            assertThat(Web.text(web.get("/history?format=csv"))).doesNotContain("/private");
            console.say("HISTORY");
            assertThat(items(console)).contains("/inbox/first").doesNotContain("/private");
        }
    }

    @Test
    void whatHappensElsewhereIsNotTold() throws IOException {
        try (var _ = begun("/private/running");
                var console = WireClient.loggedIn(server, token);
                var web = narrow();
                var live = new Live(web)) {
            console.say("TAIL");
            console.reply();
            await().until(() -> live.heard().contains("upBytesPerSecond"));
            admin.put("/files/private/third", new byte[3]);
            admin.post("/files/private/third?move=/private/other");
            admin.post("/files/private/other?move=/inbox/moved");
            admin.put("/files/inbox/last", new byte[2]);
            await().until(() -> live.heard().contains("/inbox/last"));
            var told = new StringBuilder();
            while (told.indexOf("/inbox/last") < 0) {
                told.append(console.line());
            }
            for (int snapshots = 0; snapshots < 2; ) {
                var line = console.line();
                told.append(line);
                snapshots += line.contains("upBytesPerSecond") ? 1 : 0;
            }
            assertThat(told.toString()).doesNotContain("/private");
            assertThat(live.heard()).doesNotContain("/private");
        }
    }

    /** A token that its account made for everything hears of everything. */
    @Test
    void aTokenWithoutRightsOfItsOwnHearsAll() {
        admin.put("/files/private/a", new byte[1]);
        var made = admin.json("POST", "/account/tokens", new JsonObject().put("name", "wide"));
        try (var web = Web.stranger(server)
                .with("Authorization", "Bearer " + Web.object(made).getString("token"))) {
            assertThat(Web.items(web.get("/history")))
                    .extracting(one -> one.getString("path"))
                    .containsExactly("/private/a");
        }
    }

    private WireClient begun(String path) throws IOException {
        var client = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD);
        client.say("UPLOAD " + path + BIG).chunk("hello");
        assertThat(client.reply()).isInstanceOf(Reply.Send.class);
        return client;
    }

    /** The lines of an answer, up to its end. */
    private static String items(WireClient client) throws IOException {
        var items = new StringBuilder();
        for (var line = client.line(); line.startsWith("ITEM"); line = client.line()) {
            items.append(line);
        }
        return items.toString();
    }

    /** Somebody who listens at the web door. */
    private static final class Live implements AutoCloseable {
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final HttpClient client;
        private final WebSocket socket;

        Live(Web web) {
            client = HttpClient.newBuilder().sslContext(web.trust()).build();
            var uri = web.at("/live");
            var builder = client.newWebSocketBuilder().connectTimeout(Duration.ofMinutes(1));
            web.headers().forEach(builder::header);
            socket = builder.buildAsync(URI.create(uri.toString().replace("https:", "wss:")), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                            heard.add(text.toString());
                            from.request(1);
                            return CompletableFuture.completedStage("");
                        }
                    })
                    .join();
        }

        String heard() {
            return String.join("", heard);
        }

        @Override
        public void close() {
            socket.abort();
            client.shutdownNow();
        }
    }
}
