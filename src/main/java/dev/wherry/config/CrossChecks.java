package dev.wherry.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What the settings must be to each other. A rule is left out when one of the settings that it looks at is mistaken
 * itself: what it would say then is not what is wrong.
 */
final class CrossChecks {
    private final Values values;
    private final Config config;
    private final Set<String> mistaken;
    private final List<Mistake> mistakes = new ArrayList<>();

    private CrossChecks(Values values, Set<String> mistaken) {
        this.values = values;
        this.config = Assembly.config(values);
        this.mistaken = mistaken;
    }

    static List<Mistake> of(Values values, Set<String> mistaken) {
        var checks = new CrossChecks(values, mistaken);
        checks.certificateAndKey();
        checks.plainConsole();
        checks.plainWeb();
        checks.ports("console", "http");
        checks.ports("console", "management");
        checks.ports("http", "management");
        checks.delays();
        return checks.mistakes;
    }

    /** What may be meant, and is worth a word. */
    static List<String> warnings(Config config) {
        var http = config.http();
        return http.tls() || isLoopback(http.host())
                ? List.of()
                : List.of("http.tls is off and http.host is " + http.host()
                        + ": whoever reaches that address without the proxy speaks in clear, passwords included;"
                        + " set http.host to the address at which the proxy asks, such as 127.0.0.1");
    }

    private void certificateAndKey() {
        if (config.tls().certificateFile().isPresent() != config.tls().keyFile().isPresent()) {
            boolean certificate = config.tls().certificateFile().isPresent();
            var said = certificate ? "tls.certificateFile" : "tls.keyFile";
            var missing = certificate ? "tls.keyFile" : "tls.certificateFile";
            wrong(said, missing + " as well, or neither", "it alone", missing);
        }
    }

    private void plainConsole() {
        if (!config.console().tls() && !isLoopback(config.console().host())) {
            wrong(
                    "console.tls",
                    "true unless console.host is a loopback address",
                    "false on " + config.console().host(),
                    "console.host");
        }
    }

    private void plainWeb() {
        if (!config.http().tls()
                && !isLoopback(config.http().host())
                && config.http().trustedProxies().isEmpty()) {
            wrong(
                    "http.tls",
                    "true unless http.host is a loopback address or http.trustedProxies is set",
                    "false on " + config.http().host(),
                    "http.host",
                    "http.trustedProxies");
        }
    }

    private void ports(String one, String other) {
        int port = values.whole(other + ".port");
        if (port != 0 && port == values.whole(one + ".port") && overlap(host(one), host(other))) {
            wrong(
                    other + ".port",
                    "a port of its own",
                    port + ", the same as " + one + ".port",
                    one + ".port",
                    one + ".host",
                    other + ".host");
        }
    }

    private String host(String door) {
        return values.text(door + ".host");
    }

    private static boolean overlap(String one, String other) {
        return one.equals(other) || isEverywhere(one) || isEverywhere(other);
    }

    private void delays() {
        if (config.login().firstDelay().compareTo(config.login().longestDelay()) > 0) {
            wrong(
                    "login.longestDelay",
                    "at least login.firstDelay, " + values.text("login.firstDelay"),
                    values.text("login.longestDelay"),
                    "login.firstDelay");
        }
    }

    private void wrong(String key, String expected, String found, String... alsoRead) {
        if (!mistaken.contains(key) && Arrays.stream(alsoRead).noneMatch(mistaken::contains)) {
            mistakes.add(new Mistake(key, values.given(key).place(), expected, found));
        }
    }

    private static boolean isEverywhere(String host) {
        return host.equals("0.0.0.0") || host.equals("::") || host.equals("[::]");
    }

    /** By its text alone: a name is not looked up, since what it means may change. */
    private static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }
}
