package dev.wherry.door.http;

import dev.wherry.config.Config;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Who is at the other end, and how they came: what a proxy says about it counts only from one that is configured.
 *
 * @param address of the one who asks, without its port
 * @param isSecure whether they speak TLS, to us or to a proxy that is believed
 */
record Peer(String address, boolean isSecure) {
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

    static Peer of(HttpServerRequest request, Config.Http http) {
        var near = shown(request.remoteAddress().hostAddress());
        if (!isTrusted(near, http.trustedProxies())) {
            return new Peer(near, request.isSSL());
        }
        boolean secure = Optional.ofNullable(request.getHeader(FORWARDED_PROTO))
                .map(word -> word.strip().equalsIgnoreCase("https"))
                .orElse(request.isSSL());
        return new Peer(farthest(request, near, http.trustedProxies()), secure);
    }

    /** The last address that no believed proxy stands for: everything before it could have been made up. */
    private static String farthest(HttpServerRequest request, String near, List<String> trusted) {
        var named = request.headers().getAll(FORWARDED_FOR).stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(String::strip)
                .toList();
        for (int i = named.size() - 1; i >= 0; i--) {
            var address = named.get(i);
            if (literal(address).isEmpty()) {
                return near;
            }
            if (!isTrusted(address, trusted)) {
                return shown(address);
            }
        }
        return near;
    }

    /** As people write it (RFC 5952): {@code ::1}, not {@code 0:0:0:0:0:0:0:1}. */
    static String shown(String address) {
        return address.indexOf(':') < 0
                ? address
                : literal(address).map(NetUtil::bytesToIpAddress).orElse(address);
    }

    static boolean isTrusted(String address, List<String> networks) {
        return literal(address)
                .filter(bits -> networks.stream().anyMatch(network -> isWithin(bits, network)))
                .isPresent();
    }

    private static boolean isWithin(byte[] address, String network) {
        int slash = network.indexOf('/');
        var base = literal(slash < 0 ? network : network.substring(0, slash));
        if (base.isEmpty() || base.get().length != address.length) {
            return false;
        }
        int bits = slash < 0 ? address.length * Byte.SIZE : Integer.parseInt(network.substring(slash + 1));
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i % Byte.SIZE);
            if (((address[i / Byte.SIZE] ^ base.get()[i / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The bits of an address; nothing that a name service would have to be asked about is one. */
    private static Optional<byte[]> literal(String text) {
        if (text.isEmpty() || !(text.indexOf(':') >= 0 || text.matches("\\d+\\.\\d+\\.\\d+\\.\\d+"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
