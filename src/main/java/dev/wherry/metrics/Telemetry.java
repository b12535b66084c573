package dev.wherry.metrics;

import static dev.wherry.transfer.TransferFacts.Direction.DOWNLOAD;
import static dev.wherry.transfer.TransferFacts.Direction.UPLOAD;

import dev.wherry.bus.Event;
import dev.wherry.transfer.TransferEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Everything that is counted, from the events heard. Belongs to one thread; the time is always said by the caller. */
final class Telemetry {
    private final Instant start;
    private final RunningTransfers running;
    private final Totals uploads = new Totals();
    private final Totals downloads = new Totals();
    private final ResponseTimes responses = new ResponseTimes();
    private final Connections connections = new Connections();
    private final Spread sinceSummary = Spread.ofSeconds();
    private Mark summarised;
    private Optional<DiskSpace> disk = Optional.empty();

    Telemetry(Instant now) {
        start = now;
        running = new RunningTransfers(now);
        summarised = new Mark(now, 0, 0, 0);
    }

    void heard(Event event, Instant now) {
        switch (event) {
            case TransferEvent transfer -> {
                running.heard(transfer, now);
                if (transfer instanceof TransferEvent.Finished finished) {
                    (finished.about().direction() == UPLOAD ? uploads : downloads).finished(finished);
                }
            }
            case RequestAnswered request -> {
                responses.answered(request, now);
                sinceSummary.add(request.took());
            }
            case ConnectionEvent connection -> connections.heard(connection);
            case DiskSpace space -> disk = Optional.of(space);
            default -> {}
        }
    }

    RunningTransfers running() {
        return running;
    }

    /** What is published each second. */
    JsonObject snapshot(Instant now) {
        return totals(now).put("transfers", new JsonArray(running.json(Audience.EVERYBODY, now)));
    }

    /** The same without the transfers that run: in it is nothing about anyone. */
    JsonObject totals(Instant now) {
        var totals = new JsonObject()
                .put("at", now.toString())
                .put("since", start.toString())
                .put("running", running.count())
                .put("upBytesPerSecond", Math.round(running.bytesPerSecond(UPLOAD, now)))
                .put("downBytesPerSecond", Math.round(running.bytesPerSecond(DOWNLOAD, now)))
                .put("uploads", uploads.json(running.moved(UPLOAD)))
                .put("downloads", downloads.json(running.moved(DOWNLOAD)))
                .put("connections", connections.json())
                .put(
                        "requests",
                        new JsonObject()
                                .put("count", responses.count())
                                .put("failed", responses.failed())
                                .put("lastMinute", responses.lastMinute(now).json())
                                .put("perVerb", responses.perVerb()));
        disk.ifPresent(space -> totals.put("disk", space.facts()));
        return totals;
    }

    /** What happened since the last time this was asked, which begins anew. */
    Summary summary(Instant now) {
        var mark = new Mark(now, running.moved(UPLOAD), running.moved(DOWNLOAD), finished());
        var summary = new Summary(
                Duration.between(summarised.at, now),
                sinceSummary.count(),
                sinceSummary.percentile(50),
                sinceSummary.percentile(99),
                mark.up - summarised.up,
                mark.down - summarised.down,
                mark.finished - summarised.finished,
                running.count());
        sinceSummary.clear();
        summarised = mark;
        return summary;
    }

    private long finished() {
        return uploads.done() + uploads.failed() + downloads.done() + downloads.failed();
    }

    private record Mark(Instant at, long up, long down, long finished) {}
}
