package dev.wherry.planted.storage.backend.disk;

import java.nio.file.Files;
import java.nio.file.Path;

/** May touch files. */
public record Concrete(Path path) {
    /** Whether there is something. */
    public boolean exists() {
        return Files.exists(path);
    }
}
