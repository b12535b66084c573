package dev.wherry.door.http;

import dev.wherry.config.Config;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a request that changes something was sent by our own page, and not by another one in the same browser, which
 * would carry the cookie too. A program that shows its credentials itself need not say so.
 */
final class SiteCheck {
    static final String HEADER = "X-Wherry";
    private static final String PAGE = "page";
    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Optional<String> publicUrl;

    SiteCheck(Config.Http http) {
        this.publicUrl = http.publicUrl();
    }

    /** Why this request is not believed to be our page's, if it has to be. */
    Optional<FaultException> refusal(HttpServerRequest request, Peer peer) {
        if (HARMLESS.contains(request.method())) {
            return Optional.empty();
        }
        if (request.headers().contains(HttpHeaders.AUTHORIZATION)) {
            // A browser that once asked for a password adds it to whatever any page sends.
            return isFromElsewhere(request, peer)
                    ? Optional.of(foreign("it was sent by another site"))
                    : Optional.empty();
        }
        if (!PAGE.equals(request.getHeader(HEADER))) {
            return Optional.of(foreign("the header " + HEADER + ": " + PAGE + " is missing"));
        }
        return comesFromHere(request, peer) ? Optional.empty() : Optional.of(foreign("it was sent by another site"));
    }

    private boolean isFromElsewhere(HttpServerRequest request, Peer peer) {
        var site = request.getHeader(FETCH_SITE);
        return site == null
                ? request.headers().contains(HttpHeaders.ORIGIN) && !isOwnOrigin(request, peer)
                : !site.equals("same-origin") && !site.equals("none");
    }

    private boolean comesFromHere(HttpServerRequest request, Peer peer) {
        var site = request.getHeader(FETCH_SITE);
        return site == null ? isOwnOrigin(request, peer) : site.equals("same-origin");
    }

    /** Whether the request names an origin, and that is this server's. */
    boolean isOwnOrigin(HttpServerRequest request, Peer peer) {
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        var authority = request.authority();
        if (origin == null || authority == null) {
            return false;
        }
        var own = (peer.isSecure() ? "https://" : "http://") + authority;
        return origin.equalsIgnoreCase(own)
                || publicUrl.filter(url -> isOrigin(origin, url)).isPresent();
    }

    private static boolean isOrigin(String origin, String url) {
        return url.equalsIgnoreCase(origin) || url.regionMatches(true, 0, origin + "/", 0, origin.length() + 1);
    }

    private static FaultException foreign(String why) {
        return Fault.FOREIGN_ORIGIN.because(
                "this request changes something, and does not show that this server's own page" + " sent it: " + why
                        + "; programs send Authorization instead");
    }
}
