package dev.wherry.server;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells whoever started the server that it is ready, and where: the file appears whole, once every door is open.
 *
 * @param fingerprint of the public key, as in {@link Certificates#fingerprint}
 */
public record ReadyFile(long pid, Endpoint console, Endpoint http, Endpoint management, String fingerprint) {
    /** Removes what an earlier start left, before anybody takes it for news of this one. */
    public static void clear(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    public void write(Path file) throws IOException {
        WholeFile.write(file, json().encode() + "\n", "rw-r--r--");
    }

    JsonObject json() {
        return new JsonObject()
                .put("pid", pid)
                .put("console", json(console))
                .put("http", json(http))
                .put("management", json(management))
                .put("fingerprint", fingerprint);
    }

    private static JsonObject json(Endpoint endpoint) {
        return new JsonObject().put("host", endpoint.host()).put("port", endpoint.port());
    }
}
