package dev.wherry.server;

/** Where something listens or is reached. */
public record Endpoint(String host, int port) {
    /** As in an address on the web: IPv6 in brackets. */
    public String authority() {
        return bracketed(host) + ":" + port;
    }

    static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
