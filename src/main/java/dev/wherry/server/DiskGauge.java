package dev.wherry.server;

import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.metrics.DiskSpace;
import dev.wherry.storage.backend.Backend;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;

/** Tells every few seconds how much room the served disk has, for those who watch. */
final class DiskGauge extends VerticleBase {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Bus bus;
    private final Backend backend;
    private boolean asking;

    DiskGauge(Bus bus, Backend backend) {
        this.bus = bus;
        this.backend = backend;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(1, EVERY.toMillis(), timer -> measure());
        return Future.succeededFuture();
    }

    /** A disk that does not answer is asked once; that it fails shows where something is stored. */
    private void measure() {
        if (asking) {
            return;
        }
        asking = true;
        backend.freeBytes()
                .compose(free -> backend.sizeBytes().map(size -> new DiskSpace(free, size)))
                .onSuccess(space -> bus.tell(Event.HAPPENED, space))
                .onComplete(measured -> asking = false);
    }
}
