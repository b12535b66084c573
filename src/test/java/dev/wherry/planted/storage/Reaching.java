package dev.wherry.planted.storage;

import dev.wherry.planted.path.Word;
import dev.wherry.planted.storage.backend.disk.Concrete;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sees a concrete backend, touches a file, and speaks on the bare bus. */
public record Reaching(Word allowed, Concrete backend, Vertx vertx) {
    /** Whether there is something. */
    public boolean exists(Path path) {
        return Files.exists(path);
    }

    /** The bare bus. */
    public EventBus bus() {
        return vertx.eventBus();
    }
}
