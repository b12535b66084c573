package dev.wherry.metrics;

import static dev.wherry.metrics.Samples.done;
import static dev.wherry.metrics.Samples.download;
import static dev.wherry.metrics.Samples.failed;
import static dev.wherry.metrics.Samples.progress;
import static dev.wherry.metrics.Samples.request;
import static dev.wherry.metrics.Samples.started;
import static dev.wherry.metrics.Samples.upload;
import static dev.wherry.transfer.TransferFacts.Direction.UPLOAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wherry.bus.Event;
import dev.wherry.clock.SteppedClock;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TelemetryTest {
    private final SteppedClock clock = new SteppedClock();
    private final Telemetry telemetry = new Telemetry(clock.instant());

    private void heard(Event event) {
        telemetry.heard(event, clock.instant());
    }

    private JsonObject snapshot() {
        var snapshot = telemetry.snapshot(clock.instant());
        assertThat(PublishedEvents.mistake(snapshot)).isEmpty();
        return snapshot;
    }

    private JsonObject running() {
        return snapshot().getJsonArray("transfers").getJsonObject(0);
    }

    @Test
    void rateAndTimeLeftComeFromAcknowledgedBytes() {
        var about = upload("a", 10_000_000);
        heard(started(about));
        for (int i = 1; i <= 4; i++) {
            clock.pass(Duration.ofMillis(500));
            heard(progress(about, i * 500_000L, i * 100_000L));
        }

        var running = running();
        assertThat(running.getLong("bytes")).isEqualTo(2_000_000);
        assertThat(running.getLong("durable")).isEqualTo(400_000);
        assertThat(running.getLong("bytesPerSecond")).isEqualTo(1_000_000);
        assertThat(running.getDouble("secondsLeft")).isCloseTo(8, within(0.01));
        assertThat(running.getBoolean("stalled")).isFalse();
        assertThat(snapshot().getLong("upBytesPerSecond")).isEqualTo(1_000_000);
        assertThat(snapshot().getLong("downBytesPerSecond")).isZero();
    }

    @Test
    void aTransferWithoutNewBytesIsStalledUntilOneComes() {
        var about = download("a", 1_000);
        heard(started(about));
        clock.pass(Duration.ofSeconds(1));
        heard(progress(about, 100, 100));
        clock.pass(RunningTransfer.STALLED_AFTER.minusMillis(1));
        assertThat(running().getBoolean("stalled")).isFalse();

        clock.pass(Duration.ofMillis(1));
        heard(progress(about, 100, 100));
        assertThat(running().getBoolean("stalled")).isTrue();
        assertThat(running().getLong("bytesPerSecond")).isZero();
        assertThat(running().containsKey("secondsLeft")).isFalse();

        heard(progress(about, 101, 101));
        assertThat(running().getBoolean("stalled")).isFalse();
    }

    @Test
    void aResumedTransferCountsOnlyWhatItMoves() {
        var about = Samples.facts("a", UPLOAD, OptionalLong.of(1_000), 600);
        heard(started(about));
        clock.pass(Duration.ofSeconds(1));
        heard(progress(about, 700, 600));
        assertThat(running().getLong("bytesPerSecond")).isEqualTo(100);

        heard(done(about, 400, Duration.ofSeconds(2)));

        assertThat(snapshot().getInteger("running")).isZero();
        assertThat(snapshot().getJsonObject("uploads").getLong("bytes")).isEqualTo(400);
    }

    @Test
    void aTransferWhoseStartWasMissedAppearsWithItsProgress() {
        heard(progress(upload("a", 1_000), 500, 0));

        assertThat(running().getLong("bytes")).isEqualTo(500);
        assertThat(running().getLong("bytesPerSecond")).isZero();
        heard(done(upload("never heard of", 70), 70, Duration.ofMillis(1)));
        assertThat(snapshot().getJsonObject("uploads").getLong("bytes")).isEqualTo(70);
    }

    @Test
    void aSizeThatIsNotKnownGivesNoTimeLeft() {
        var about = Samples.facts("pipe", UPLOAD, OptionalLong.empty(), 0);
        heard(started(about));
        clock.pass(Duration.ofSeconds(1));
        heard(progress(about, 100, 0));

        assertThat(running().containsKey("size")).isFalse();
        assertThat(running().containsKey("secondsLeft")).isFalse();
    }

    @Test
    void totalsTellDoneFromFailed() {
        heard(done(upload("a", 1_000), 1_000, Duration.ofSeconds(1)));
        heard(failed(upload("b", 1_000), 300, "stopped"));
        heard(done(download("c", 50), 50, Duration.ofMillis(500)));

        var uploads = snapshot().getJsonObject("uploads");
        assertThat(uploads.getLong("done")).isEqualTo(1);
        assertThat(uploads.getLong("failed")).isEqualTo(1);
        assertThat(uploads.getLong("bytes")).isEqualTo(1_300);
        assertThat(uploads.getJsonObject("seconds").getDouble("p50")).isCloseTo(1, within(0.01));
        assertThat(uploads.getJsonObject("bytesPerSecond").getDouble("p99")).isCloseTo(1_000, within(10.0));
        assertThat(snapshot().getJsonObject("downloads").getLong("done")).isEqualTo(1);
    }

    @Test
    void aSummaryHoldsWhatCameSinceTheLast() {
        for (int i = 1; i <= 100; i++) {
            heard(request("list", "done", Duration.ofMillis(i)));
        }
        heard(done(upload("a", 6_000), 6_000, Duration.ofSeconds(1)));
        heard(started(download("b", 1_000)));
        heard(progress(download("b", 1_000), 600, 600));
        clock.pass(Duration.ofMinutes(1));

        var first = telemetry.summary(clock.instant());
        assertThat(first.over()).isEqualTo(Duration.ofMinutes(1));
        assertThat(first.requests()).isEqualTo(100);
        assertThat(first.p50()).isCloseTo(0.050, within(0.001));
        assertThat(first.p99()).isCloseTo(0.099, within(0.001));
        assertThat(first.up()).isEqualTo(6_000);
        assertThat(first.upPerSecond()).isCloseTo(100, within(0.01));
        assertThat(first.down()).isEqualTo(600);
        assertThat(first.finished()).isEqualTo(1);
        assertThat(first.running()).isEqualTo(1);

        heard(done(download("b", 1_000), 1_000, Duration.ofSeconds(61)));
        clock.pass(Duration.ofMinutes(1));
        var second = telemetry.summary(clock.instant());
        assertThat(second.requests()).isZero();
        assertThat(second.down()).isEqualTo(400);
        assertThat(second.finished()).isEqualTo(1);
        assertThat(second.isQuiet()).isFalse();
        assertThat(telemetry.summary(clock.instant()).isQuiet()).isTrue();
    }

    @Test
    void responseTimesOfTheLastMinuteForgetWhatIsOlder() {
        heard(request("list", "done", Duration.ofSeconds(3)));
        clock.pass(Duration.ofSeconds(50));
        heard(request("list", "not-found", Duration.ofMillis(1)));
        assertThat(snapshot().getJsonObject("requests").getLong("failed")).isEqualTo(1);
        assertThat(lastMinute().getLong("count")).isEqualTo(2);

        clock.pass(Duration.ofSeconds(10));
        assertThat(lastMinute().getLong("count")).isEqualTo(1);
        assertThat(lastMinute().getDouble("p99")).isCloseTo(0.001, within(0.0001));
        for (int i = 0; i < 10; i++) {
            clock.pass(Duration.ofSeconds(10));
            heard(request("list", "done", Duration.ofMillis(1)));
        }
        assertThat(lastMinute().getLong("count")).isEqualTo(6);
        assertThat(snapshot().getJsonObject("requests").getLong("count")).isEqualTo(12);
    }

    private JsonObject lastMinute() {
        return snapshot().getJsonObject("requests").getJsonObject("lastMinute");
    }

    @Test
    void labelsComeFromAClosedSet() {
        for (int i = 0; i < 1_000; i++) {
            heard(new RequestAnswered(
                    "door" + i, "verb" + i, "user" + i, "192.0.2." + i, "done", Duration.ofMillis(1)));
            heard(new ConnectionEvent(true, "door" + i, "192.0.2." + i));
        }
        Labels.VERBS.forEach(verb -> heard(request(verb, "done", Duration.ofMillis(1))));

        var snapshot = snapshot();
        assertThat(snapshot.getJsonObject("requests").getJsonObject("perVerb").fieldNames())
                .containsExactlyInAnyOrderElementsOf(Labels.VERBS);
        assertThat(snapshot.getJsonObject("requests")
                        .getJsonObject("perVerb")
                        .getJsonObject(Labels.OTHER)
                        .getLong("count"))
                .isEqualTo(1_001);
        assertThat(snapshot.getJsonObject("connections").fieldNames())
                .containsExactlyInAnyOrder("console", "web", Labels.OTHER);
        assertThat(snapshot.encode()).doesNotContain("user1", "192.0.2.", "verb1", "door1");
    }

    @Test
    void connectionsAreCountedPerDoor() {
        Stream.of(true, true, false)
                .map(opened -> new ConnectionEvent(opened, "console", "192.0.2.7"))
                .forEach(this::heard);
        heard(new ConnectionEvent(false, "web", "192.0.2.7"));

        assertThat(snapshot().getJsonObject("connections").getInteger("console"))
                .isEqualTo(1);
        assertThat(snapshot().getJsonObject("connections").getInteger("web")).isZero();
    }

    @Test
    void aSnapshotListsNoMoreThanItsLimitButCountsAll() {
        int many = RunningTransfers.MAX_LISTED + 1;
        for (int i = 0; i < many; i++) {
            heard(started(upload("u" + i, 10)));
        }

        assertThat(snapshot().getInteger("running")).isEqualTo(many);
        assertThat(snapshot().getJsonArray("transfers")).hasSize(RunningTransfers.MAX_LISTED);
    }
}
