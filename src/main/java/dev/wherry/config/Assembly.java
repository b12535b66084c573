package dev.wherry.config;

/** Puts values into the tree of records; a test gives every key a value of its own and looks where it ends up. */
final class Assembly {
    private Assembly() {}

    static Config config(Values values) {
        return new Config(
                values.path("data"),
                files(values),
                new Config.Names(values.flag("names.portable")),
                console(values),
                http(values),
                new Config.Management(values.text("management.host"), values.whole("management.port")),
                new Config.Tls(
                        values.optionalPath("tls.certificateFile"),
                        values.optionalPath("tls.keyFile"),
                        values.text("tls.minimum")),
                transfers(values),
                uploads(values),
                login(values),
                new Config.Listing(values.whole("listing.maxEntries")),
                new Config.Zip(values.whole("zip.maxEntries"), values.size("zip.maxBytes")),
                new Config.History(values.duration("history.keep")),
                new Config.Log(
                        values.text("log.format"), values.duration("log.summaryEvery"), values.flag("log.requests")));
    }

    private static Config.Files files(Values values) {
        return new Config.Files(
                values.optionalPath("files.folder"),
                values.flag("files.readOnly"),
                values.mode("files.mode"),
                values.mode("files.folderMode"),
                values.size("files.keepFree"),
                values.size("files.maxSize"));
    }

    private static Config.Console console(Values values) {
        return new Config.Console(
                values.text("console.host"),
                values.whole("console.port"),
                values.flag("console.tls"),
                values.duration("console.handshakeTimeout"),
                values.duration("console.idleTimeout"),
                values.whole("console.maxConnections"),
                values.whole("console.maxConnectionsPerAddress"),
                values.smallSize("console.maxLine"),
                values.smallSize("console.maxChunk"),
                values.whole("console.window"));
    }

    private static Config.Http http(Values values) {
        return new Config.Http(
                values.text("http.host"),
                values.whole("http.port"),
                values.flag("http.tls"),
                values.optionalText("http.publicUrl"),
                values.words("http.hosts"),
                values.words("http.trustedProxies"),
                values.duration("http.headerTimeout"),
                values.duration("http.idleTimeout"),
                values.whole("http.maxConnections"),
                values.whole("http.maxConnectionsPerAddress"),
                values.smallSize("http.maxHeader"),
                values.smallSize("http.maxJson"),
                values.smallSize("http.maxMessage"));
    }

    private static Config.Transfers transfers(Values values) {
        return new Config.Transfers(
                values.size("transfers.minimumRate"),
                values.duration("transfers.minimumRateOver"),
                values.whole("transfers.maxPerUser"),
                values.smallSize("transfers.maxBuffered"));
    }

    private static Config.Uploads uploads(Values values) {
        return new Config.Uploads(
                values.duration("uploads.expireAfter"),
                values.size("uploads.checkpointBytes"),
                values.duration("uploads.checkpointEvery"),
                values.size("uploads.maxUnremembered"));
    }

    private static Config.Login login(Values values) {
        return new Config.Login(
                values.duration("login.sessionIdle"),
                values.duration("login.sessionLifetime"),
                values.whole("login.failuresBeforeDelay"),
                values.duration("login.firstDelay"),
                values.duration("login.longestDelay"),
                values.whole("login.maxQueued"));
    }
}
