package dev.wherry.metrics;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.config.Config;
import dev.wherry.database.Database;
import dev.wherry.metrics.Metrics.RunningQuery;
import dev.wherry.transfer.TransferEvent;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what happens everywhere; counts it, says it on the console, keeps it, and publishes it as JSON. The first part
 * to start and the last to stop, so that nothing happens unheard.
 */
public final class MetricsVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsVerticle.class);
    private static final Duration SNAPSHOT_EVERY = Duration.ofSeconds(1);
    private static final Duration HISTORY_EVERY = Duration.ofMillis(250);
    private static final Duration PRUNE_EVERY = Duration.ofHours(1);

    private final Bus bus;
    private final History history;
    private final Duration summaryEvery;
    private final ConsoleLog console;
    private final Clock clock;
    private final Telemetry telemetry;

    public MetricsVerticle(
            Bus bus, Database database, Config.History kept, Config.Log log, ConsoleLog console, Clock clock) {
        this.bus = bus;
        this.history = new History(database, kept.keep(), () -> vertx.timer(HISTORY_EVERY.toMillis(), MILLISECONDS));
        this.summaryEvery = log.summaryEvery();
        this.console = console;
        this.clock = clock;
        this.telemetry = new Telemetry(now());
    }

    @Override
    public Future<?> start() {
        bus.hear(Event.HAPPENED, this::heard);
        bus.answer(Metrics.HISTORY, history::find);
        bus.answer(Metrics.RUNNING, this::running);
        bus.answer(Metrics.STATS, asked -> Future.succeededFuture(telemetry.totals(now())));
        every(SNAPSHOT_EVERY, this::publishSnapshot);
        every(summaryEvery, this::summarise);
        every(PRUNE_EVERY, this::prune);
        prune();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return history.flush();
    }

    /** Zero means never. */
    private void every(Duration period, Runnable task) {
        if (period.isPositive()) {
            vertx.setPeriodic(period.toMillis(), _ -> task.run());
        }
    }

    /** The line comes first: whatever fails after it, it has been said. */
    private void heard(Event event) {
        var now = now();
        console.event(event);
        telemetry.heard(event, now);
        publish(event, now);
        if (event instanceof TransferEvent.Finished finished) {
            history.keep(finished, now);
            console.live(telemetry);
        }
    }

    private void publish(Event event, Instant now) {
        switch (event) {
            case RequestAnswered _,
                    TransferEvent.Progress _,
                    TransferEvent.FirstByte _,
                    DiskSpace _ -> {} // too many: snapshots hold what they add up to
            default -> bus.publish(Metrics.EVENTS, JsonLines.published(event, now));
        }
    }

    private void publishSnapshot() {
        bus.publish(Metrics.SNAPSHOTS, telemetry.snapshot(now()));
        console.live(telemetry);
    }

    private Future<List<JsonObject>> running(RunningQuery asked) {
        return Future.succeededFuture(telemetry.running().json(asked.audience(), now()));
    }

    private void summarise() {
        console.summary(telemetry.summary(now()));
    }

    private void prune() {
        history.prune(now())
                .onFailure(failure -> LOG.warn("the history was not shortened; it is tried again later", failure));
    }

    /** As fine as what is published. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
