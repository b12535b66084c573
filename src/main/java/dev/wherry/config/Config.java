package dev.wherry.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every setting of the server. Sizes are in bytes. What each means is said once, in {@code wherry.schema.json}. */
public record Config(
        Path data,
        Files files,
        Names names,
        Console console,
        Http http,
        Management management,
        Tls tls,
        Transfers transfers,
        Uploads uploads,
        Login login,
        Listing listing,
        Zip zip,
        History history,
        Log log) {

    /** @param folder the served folder; empty for {@code files} inside the data folder */
    public record Files(
            Optional<Path> folder, boolean readOnly, int mode, int folderMode, long keepFree, long maxSize) {}

    public record Names(boolean portable) {}

    public record Console(
            String host,
            int port,
            boolean tls,
            Duration handshakeTimeout,
            Duration idleTimeout,
            int maxConnections,
            int maxConnectionsPerAddress,
            int maxLine,
            int maxChunk,
            int window) {}

    public record Http(
            String host,
            int port,
            boolean tls,
            Optional<String> publicUrl,
            List<String> hosts,
            List<String> trustedProxies,
            Duration headerTimeout,
            Duration idleTimeout,
            int maxConnections,
            int maxConnectionsPerAddress,
            int maxHeader,
            int maxJson,
            int maxMessage) {}

    public record Management(String host, int port) {}

    /** @param minimum the oldest version spoken: {@code 1.3} or {@code 1.2} */
    public record Tls(Optional<Path> certificateFile, Optional<Path> keyFile, String minimum) {}

    /** @param minimumRate bytes a second, over {@code minimumRateOver} */
    public record Transfers(long minimumRate, Duration minimumRateOver, int maxPerUser, int maxBuffered) {}

    public record Uploads(Duration expireAfter, long checkpointBytes, Duration checkpointEvery, long maxUnremembered) {}

    public record Login(
            Duration sessionIdle,
            Duration sessionLifetime,
            int failuresBeforeDelay,
            Duration firstDelay,
            Duration longestDelay,
            int maxQueued) {}

    public record Listing(int maxEntries) {}

    public record Zip(int maxEntries, long maxBytes) {}

    public record History(Duration keep) {}

    /** @param format {@code text} or {@code json} */
    public record Log(String format, Duration summaryEvery, boolean requests) {}
}
