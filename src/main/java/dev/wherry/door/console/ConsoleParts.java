package dev.wherry.door.console;

import dev.wherry.auth.Places;
import dev.wherry.bus.Bus;
import dev.wherry.config.Config;
import dev.wherry.transfer.Transfers;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.function.LongSupplier;

/**
 * What the server builds the console door from; shared by its instances.
 *
 * @param tls certificate and versions; the door adds what its protocol asks for
 * @param places for connections, counted over all instances
 * @param version of the program, as the greeting tells it
 * @param node the name of this server among others
 * @param nanoClock nanoseconds that only go forward, from any origin
 */
public record ConsoleParts(
        Bus bus,
        Config config,
        Transfers transfers,
        ServerSSLOptions tls,
        SSLEngineOptions engine,
        Places places,
        String version,
        String node,
        LongSupplier nanoClock) {}
