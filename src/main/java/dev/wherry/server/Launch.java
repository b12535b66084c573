package dev.wherry.server;

import dev.wherry.config.Config;
import dev.wherry.metrics.ConsoleLog;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a server is started from.
 *
 * @param adminPasswordFile holds the first administrator's password, where one is preset
 * @param webroot the folder of the page
 * @param clock for what is written down
 * @param nanoClock for what is measured: nanoseconds that only go forward, from any origin
 */
public record Launch(
        Config config,
        Optional<Path> adminPasswordFile,
        Path webroot,
        String version,
        ConsoleLog console,
        Clock clock,
        LongSupplier nanoClock) {}
