package dev.wherry.metrics;

import static dev.wherry.metrics.Samples.done;
import static dev.wherry.metrics.Samples.failed;
import static dev.wherry.metrics.Samples.upload;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.wherry.bus.Event;
import dev.wherry.clock.SteppedClock;
import dev.wherry.transfer.TransferFacts.Direction;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the console says, word for word: people and programs read it. */
final class LinesTest {
    private static final Instant NOW = SteppedClock.START;

    private final Lines text = new TextLines(ZoneOffset.UTC, Paint.PLAIN);
    private final Lines json = new JsonLines();

    @Test
    void aTransferIsOneLine() {
        assertThat(text.event(done(upload("a 1.jpg", 12_345_678), 12_345_678, Duration.ofMillis(1_240)), NOW))
                .isEqualTo("2026-07-01 12:00:00  upload    alice  192.0.2.7  console  /pictures/a 1.jpg  11.8 MiB"
                        + "  1.24 s  9.96 MB/s  " + "ab".repeat(32));
    }

    @Test
    void onATerminalTheDigestHasALineOfItsOwn() {
        var folded = new TextLines(ZoneOffset.UTC, Paint.PLAIN, true);
        var lines = folded.event(done(upload("a 1.jpg", 12_345_678), 12_345_678, Duration.ofMillis(1_240)), NOW)
                .lines()
                .toList();
        assertThat(lines).hasSize(2).last().isEqualTo("    sha256 " + "ab".repeat(32));
        assertThat(lines.getFirst()).endsWith("  9.96 MB/s");
    }

    @Test
    void aTransferOfAPartSaysOfHowMuch() {
        var resumed = Samples.facts("a", Direction.DOWNLOAD, OptionalLong.of(1_000_000), 400_000);

        assertThat(text.event(done(resumed, 600_000, Duration.ofSeconds(2)), NOW))
                .contains("download  ", "  586 KiB of 977 KiB  2.00 s  0.30 MB/s  ");
    }

    @Test
    void aFailedTransferSaysWhy() {
        assertThat(text.event(failed(upload("a", 1_000), 300, "wrong-digest"), NOW))
                .endsWith("  300 B of 1000 B  1.00 s  0.00 MB/s  failed: wrong-digest");
    }

    @Test
    void whoStopsATransferHasNotFailed() {
        assertThat(text.event(failed(upload("a", 1_000), 300, "stopped"), NOW)).endsWith("  0.00 MB/s  stopped");
    }

    @Test
    void coloursOnlyWhereAsked() {
        var event = failed(upload("a", 1_000), 300, "wrong-digest");

        assertThat(text.event(event, NOW)).doesNotContain("\u001b");
        assertThat(new TextLines(ZoneOffset.UTC, Paint.COLOUR).event(event, NOW))
                .contains("\u001b[31mfailed: wrong-digest\u001b[0m");
    }

    @Test
    void aRequestIsOneLine() {
        assertThat(text.event(Samples.request("list", "not-found", Duration.ofNanos(1_230_000)), NOW))
                .isEqualTo("2026-07-01 12:00:00  list      alice  192.0.2.7  console  not-found  1.23 ms");
    }

    @Test
    void aSummaryIsOneLine() {
        var summary = new Summary(Duration.ofMinutes(1), 120, 0.0012, 0.0345, 600_000_000, 0, 3, 2);

        assertThat(text.summary(summary, NOW))
                .isEqualTo("2026-07-01 12:00:00  last 60 s: 120 requests, p50 1.20 ms, p99 34.5 ms;"
                        + " up 572 MiB, 10.0 MB/s; transfers: 3 finished, 2 running");
        assertThat(text.summary(new Summary(Duration.ofMinutes(1), 1, 0.0012, 0.0012, 0, 0, 0, 0), NOW))
                .endsWith("last 60 s: 1 request, p50 1.20 ms, p99 1.20 ms");
        assertThat(new JsonObject(json.summary(summary, NOW)).getString("event"))
                .isEqualTo("summary");
    }

    @Test
    void namesCannotMoveTheTerminal() {
        var hostile = new Login("al\u001b[2Jice\n2026-07-01 12:00:00  upload  forged\u202e\u009b31m");

        for (var lines : new Lines[] {text, json}) {
            assertThat(lines.event(hostile, NOW)).doesNotContain("\u001b", "\n", "\u202e", "\u009b");
            assertThat(lines.event(hostile, NOW)).containsIgnoringCase("al\\u001b[2Jice\\");
        }
        assertThat(new JsonObject(json.event(hostile, NOW)).getString("account"))
                .isEqualTo(hostile.account);
    }

    @Test
    void jsonIsTheEventAsItIsPublished() {
        var event = done(upload("a", 10), 10, Duration.ofSeconds(1));
        var line = new JsonObject(json.event(event, NOW));

        assertThat(line).isEqualTo(JsonLines.published(event, NOW));
        assertThat(PublishedEvents.mistake(line)).isEmpty();
    }

    @Test
    void anEventOfAnotherPartIsSaidWithItsFacts() {
        assertThat(text.event(new Login("bob"), NOW)).isEqualTo("2026-07-01 12:00:00  login failed: account bob");
    }

    @Test
    void theServersBeginningAndEndAreLines() {
        assertThat(text.event(new ServerEvent.Started("0.1.0"), NOW)).endsWith("started: Wherry 0.1.0");
        assertThat(text.event(new ServerEvent.Stopping("SIGTERM"), NOW)).endsWith("stopping: SIGTERM");
        assertThat(text.event(new ServerEvent.Stopped(), NOW)).endsWith("stopped");
    }

    @Test
    void aMessageInTheLogCannotForgeALine() {
        var event =
                logged("odd name: a\n2026-07-01 12:00:00  upload", new IllegalStateException("x\nforged \u001b[2J"));

        assertThat(text.log(event).lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("    "));
        assertThat(text.log(event)).doesNotContain("\u001b").contains("a\\u000a2026");
        assertThat(json.log(event).lines()).hasSize(1);
        assertThat(new JsonObject(json.log(event)).getString("exception")).contains("IllegalStateException");
    }

    static ILoggingEvent logged(String message, Throwable thrown) {
        var context = new LoggerContext();
        var event = new LoggingEvent("", context.getLogger("dev.wherry.Some"), Level.WARN, message, thrown, null);
        event.setInstant(NOW);
        return event;
    }

    /** Stands for what other parts tell. */
    private record Login(String account) implements Event {
        @Override
        public String event() {
            return "login-failed";
        }

        @Override
        public JsonObject facts() {
            return new JsonObject().put("account", account);
        }
    }
}
