package dev.wherry.door.http;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * The cookie in which a browser keeps its session. Its name holds it to this host and to TLS (RFC 6265bis, cookie name
 * prefixes); where no TLS is spoken no browser would take that name.
 */
final class Cookies {
    static final String SECURE_NAME = "__Host-wherry";
    static final String PLAIN_NAME = "wherry";

    private Cookies() {}

    /** Over TLS only the name that no other host, and nobody without TLS, could have set. */
    static Optional<String> token(HttpServerRequest request, Peer peer) {
        return Optional.ofNullable(request.getCookie(peer.isSecure() ? SECURE_NAME : PLAIN_NAME))
                .map(Cookie::getValue)
                .filter(value -> !value.isEmpty());
    }

    static void set(HttpServerResponse response, Peer peer, String token, Duration lifetime) {
        response.addCookie(cookie(peer, token).setMaxAge(lifetime.toSeconds()));
    }

    static void clear(HttpServerResponse response, Peer peer) {
        response.addCookie(cookie(peer, "").setMaxAge(0));
    }

    private static Cookie cookie(Peer peer, String value) {
        return Cookie.cookie(peer.isSecure() ? SECURE_NAME : PLAIN_NAME, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(peer.isSecure())
                .setSameSite(CookieSameSite.LAX);
    }
}
