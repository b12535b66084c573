package dev.wherry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.clock.SteppedClock;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The control of every test that holds published events against their description: it does see a broken one. */
final class PublishedEventsTest {
    private static JsonObject finished() {
        return JsonLines.published(
                Samples.done(Samples.upload("a", 100), 100, Duration.ofSeconds(1)), SteppedClock.START);
    }

    private static void assertRefused(Consumer<JsonObject> breaking) {
        var json = finished();
        breaking.accept(json);
        assertThat(PublishedEvents.mistake(json)).as(json.encode()).isPresent();
    }

    @Test
    void aWholeEventIsAccepted() {
        assertThat(PublishedEvents.mistake(finished())).isEmpty();
    }

    @Test
    void aBrokenEventIsRefused() {
        assertRefused(json -> json.remove("bytes"));
        assertRefused(json -> json.put("bytes", "100"));
        assertRefused(json -> json.put("bytes", -1));
        assertRefused(json -> json.put("password", "secret"));
        assertRefused(json -> json.put("sha256", "AB".repeat(32)));
        assertRefused(json -> json.put("at", "yesterday"));
        assertRefused(json -> json.put("direction", "sideways"));
        assertRefused(json -> json.put("event", "transfer-exploded"));
        assertRefused(json -> json.put("event", "at"));
        assertRefused(json -> json.putNull("path"));
    }

    @Test
    void aBrokenSnapshotIsRefused() {
        var snapshot = new Telemetry(SteppedClock.START).snapshot(SteppedClock.START);
        assertThat(PublishedEvents.mistake(snapshot)).isEmpty();

        assertThat(PublishedEvents.mistake(snapshot.copy().put("running", -1))).isPresent();
        var connections = snapshot.copy();
        connections.getJsonObject("connections").put("alice", 1);
        assertThat(PublishedEvents.mistake(connections)).isPresent();
        var transfers = snapshot.copy();
        transfers.getJsonArray("transfers").add(new JsonObject());
        assertThat(PublishedEvents.mistake(transfers)).isPresent();
    }
}
