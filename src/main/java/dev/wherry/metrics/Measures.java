package dev.wherry.metrics;

import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.transfer.TransferEvent;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is measured, for those who collect it from outside: counts and histograms, in the format of OpenMetrics. Labels
 * come from closed sets: no name that a user chose, no path, no address is one. May be asked and told from any thread.
 */
public final class Measures {
    /** For {@code Content-Type}. */
    public static final String TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final String DIRECTION = "direction";
    private static final String DOOR = "door";
    private static final String OUTCOME = "outcome";
    private static final Duration QUICKEST = Duration.ofMillis(1);
    private static final Duration SLOWEST = Duration.ofMinutes(10);
    private static final double SLOWEST_RATE = 1e3;
    private static final double QUICKEST_RATE = 2e9;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicLong running = registry.gauge("wherry.transfers.running", new AtomicLong());
    private final AtomicLong console = registry.gauge("wherry.connections.console", new AtomicLong());
    private final AtomicLong web = registry.gauge("wherry.connections.web", new AtomicLong());
    private final AtomicLong free = registry.gauge("wherry.disk.free.bytes", new AtomicLong());

    public Measures(Bus bus) {
        bus.hear(Event.HAPPENED, this::heard);
    }

    private void heard(Event event) {
        switch (event) {
            case TransferEvent.Started _ -> running.incrementAndGet();
            case TransferEvent.FirstByte first ->
                timer("wherry.transfer.first.byte", "From a request for a file to its first byte")
                        .tags(
                                DIRECTION,
                                direction(first),
                                DOOR,
                                Labels.door(first.about().door()))
                        .register(registry)
                        .record(first.took());
            case TransferEvent.Finished finished -> finished(finished);
            case RequestAnswered answered ->
                timer("wherry.request", "From a request to its answer")
                        .tags(
                                DOOR,
                                Labels.door(answered.door()),
                                "verb",
                                Labels.verb(answered.verb()),
                                OUTCOME,
                                outcome(answered.outcome()))
                        .register(registry)
                        .record(answered.took());
            case ConnectionEvent connection -> counted(connection);
            case DiskSpace space -> free.set(space.free());
            default -> {}
        }
    }

    private void counted(ConnectionEvent connection) {
        var open = connection.door().equals("web") ? web : console;
        open.addAndGet(connection.opened() ? 1 : -1);
    }

    private void finished(TransferEvent.Finished finished) {
        running.decrementAndGet();
        var direction = direction(finished);
        var door = Labels.door(finished.about().door());
        registry.counter("wherry.transfer.bytes", DIRECTION, direction, DOOR, door)
                .increment((double) finished.bytes());
        timer("wherry.transfer", "From the begin of a transfer to its end, for an upload that it is durable")
                .tags(
                        DIRECTION,
                        direction,
                        DOOR,
                        door,
                        OUTCOME,
                        outcome(finished.fault().orElse("done")))
                .register(registry)
                .record(finished.took());
        double seconds = finished.took().toNanos() / 1e9;
        if (finished.fault().isEmpty() && seconds > 0) {
            DistributionSummary.builder("wherry.transfer.rate")
                    .description("Bytes a second of transfers that were done")
                    .baseUnit("bytes_per_second")
                    .tags(DIRECTION, direction, DOOR, door)
                    .publishPercentileHistogram()
                    .minimumExpectedValue(SLOWEST_RATE)
                    .maximumExpectedValue(QUICKEST_RATE)
                    .register(registry)
                    .record(finished.bytes() / seconds);
        }
    }

    private static Timer.Builder timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(QUICKEST)
                .maximumExpectedValue(SLOWEST);
    }

    private static String direction(TransferEvent event) {
        return event.about().direction().name().toLowerCase(Locale.ROOT);
    }

    private static String outcome(String code) {
        return code.equals("done") ? "done" : "failed";
    }

    /** A sync of the disk took so long, in nanoseconds. */
    public void synced(long nanos) {
        timer("wherry.disk.sync", "A sync of a file or folder")
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Everything, as text. */
    public String text() {
        return registry.scrape(TYPE);
    }
}
