package dev.wherry.door.http;

import dev.wherry.auth.Places;
import dev.wherry.bus.Bus;
import dev.wherry.config.Config;
import dev.wherry.transfer.Transfers;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SSLEngineOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What the server builds the web door from; shared by its instances.
 *
 * @param hosts the names of this machine and of its certificate
 * @param webroot the folder of the page's files
 * @param fingerprint of the certificate's public key, which the page shows
 * @param nanoClock nanoseconds that only go forward, from any origin
 * @param places for connections, counted over all instances
 */
public record HttpParts(
        Bus bus,
        Config config,
        Transfers transfers,
        KeyCertOptions certificate,
        SSLEngineOptions engine,
        List<String> hosts,
        Path webroot,
        String version,
        String fingerprint,
        LongSupplier nanoClock,
        Places places) {
    /** What events and histories call this door. */
    static final String DOOR = "web";

    public HttpParts {
        hosts = List.copyOf(hosts);
    }
}
