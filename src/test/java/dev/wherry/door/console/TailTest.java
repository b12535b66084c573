package dev.wherry.door.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.metrics.Metrics;
import dev.wherry.protocol.ReplyLine;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of any size come in lines that a client is ready for. */
final class TailTest {
    @TempDir
    private Path folder;

    private DoorFixture fixture;

    @BeforeEach
    void open() {
        fixture = new DoorFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static JsonObject transfer(int number, String account, long rate) {
        return new JsonObject()
                .put("transfer", "%032x".formatted(number))
                .put("account", account)
                .put("path", "/pictures/\u00e9t\u00e9/%04d.jpg".formatted(number))
                .put("bytesPerSecond", rate);
    }

    private static JsonObject snapshot(int running, List<JsonObject> transfers) {
        return new JsonObject()
                .put("at", "2026-07-01T12:00:00Z")
                .put("running", running)
                .put("transfers", new JsonArray(transfers));
    }

    /** The line that a snapshot becomes, as JSON; at most as long as a client is ready for. */
    private JsonObject told(JsonObject snapshot) throws Exception {
        try (var client = fixture.client()) {
            client.say("TAIL metrics", "");
            client.expect("OK");
            client.expect("ERR");
            client.say("TAIL metrics");
            var line = "";
            while (line.isEmpty()) {
                // Published again and again: nothing says when somebody has begun to hear.
                fixture.bus.publish(Metrics.SNAPSHOTS, snapshot);
                line = client.lineIfThere();
            }
            assertThat(line).startsWith("EVENT ");
            assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(ReplyLine.MAX_BYTES);
            return new JsonObject(line.substring("EVENT ".length()));
        }
    }

    @Test
    void aSnapshotThatFitsIsToldWhole() throws Exception {
        var transfers =
                IntStream.range(0, 10).mapToObj(i -> transfer(i, "alice", i)).toList();

        var told = told(snapshot(10, transfers));

        assertThat(told.getJsonArray("transfers")).hasSize(10);
        assertThat(told.containsKey("transfersLeftOut")).isFalse();
    }

    @Test
    void ofVeryManyTransfersTheFastestAreToldAndTheOthersCounted() throws Exception {
        var transfers = IntStream.range(0, 1_000)
                .mapToObj(i -> transfer(i, "alice", i % 2 == 0 ? 0 : i))
                .toList();

        var told = told(snapshot(1_000, transfers));

        var fitting = told.getJsonArray("transfers").stream()
                .map(JsonObject.class::cast)
                .toList();
        assertThat(fitting).hasSizeBetween(300, 999);
        assertThat(told.getLong("transfersLeftOut")).isEqualTo(1_000 - fitting.size());
        assertThat(told.encode().getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(ReplyLine.MAX_BYTES - 300);
        assertThat(fitting)
                .extracting(each -> each.getString("transfer"))
                .isSorted()
                .contains("%032x".formatted(999), "%032x".formatted(501));
        assertThat(fitting)
                .filteredOn(each -> each.getLong("bytesPerSecond") > 0)
                .hasSizeGreaterThanOrEqualTo(300);
    }

    /** Who may not see the others' transfers is not told that they are left out. */
    @Test
    void onlyTheirOwnAreCounted() throws Exception {
        var transfers = IntStream.range(0, 1_000)
                .mapToObj(i -> transfer(i, i < 5 ? "alice" : "bob", i))
                .toList();

        var told = told(snapshot(3_000, transfers));

        assertThat(told.getJsonArray("transfers")).hasSize(5);
        assertThat(told.containsKey("transfersLeftOut")).isFalse();
    }
}
