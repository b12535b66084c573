package dev.wherry.client;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;

/** Where a server listens: a host name or address, and the port of its console door. */
public record ServerAddress(String host, int port) {
    public static final int USUAL_PORT = 4451;

    public ServerAddress {
        if (host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || c == '/') || port < 1 || port > 65_535) {
            throw malformed(host + ":" + port);
        }
    }

    /**
     * Reads {@code host}, {@code host:port}, {@code [v6]} or {@code [v6]:port}; a bare IPv6 address, which has more
     * than one colon, is understood too.
     *
     * @throws FaultException {@link Fault#MALFORMED}
     */
    public static ServerAddress parse(String text) {
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            if (close < 2) {
                throw malformed(text);
            }
            var host = text.substring(1, close);
            var rest = text.substring(close + 1);
            if (rest.isEmpty()) {
                return new ServerAddress(host, USUAL_PORT);
            }
            if (!rest.startsWith(":")) {
                throw malformed(text);
            }
            return new ServerAddress(host, port(rest.substring(1), text));
        }
        int colon = text.indexOf(':');
        if (colon < 0 || colon != text.lastIndexOf(':')) {
            return new ServerAddress(text, USUAL_PORT);
        }
        return new ServerAddress(text.substring(0, colon), port(text.substring(colon + 1), text));
    }

    private static int port(String digits, String whole) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw malformed(whole);
        }
        return Integer.parseInt(digits);
    }

    private static FaultException malformed(String text) {
        return Fault.MALFORMED.because(
                "\"" + text + "\" is no server: write HOST or HOST:PORT, an IPv6 address in brackets");
    }

    /** The text that {@link #parse} reads back, always with its port. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
