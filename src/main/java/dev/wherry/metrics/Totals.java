package dev.wherry.metrics;

import dev.wherry.transfer.TransferEvent;
import io.vertx.core.json.JsonObject;

/** Transfers that ended one way, since the start: how many, how long they took, how fast they were. */
final class Totals {
    private final Spread seconds = Spread.ofSeconds();
    private final Spread bytesPerSecond = Spread.ofBytesPerSecond();
    private long done;
    private long failed;

    void finished(TransferEvent.Finished transfer) {
        if (transfer.fault().isPresent()) {
            failed++;
            return;
        }
        done++;
        seconds.add(transfer.took());
        if (transfer.bytes() > 0 && transfer.took().isPositive()) {
            bytesPerSecond.add(transfer.bytes() * 1e9 / transfer.took().toNanos());
        }
    }

    long done() {
        return done;
    }

    long failed() {
        return failed;
    }

    JsonObject json(long bytes) {
        return new JsonObject()
                .put("done", done)
                .put("failed", failed)
                .put("bytes", bytes)
                .put("seconds", seconds.json())
                .put("bytesPerSecond", bytesPerSecond.json());
    }
}
