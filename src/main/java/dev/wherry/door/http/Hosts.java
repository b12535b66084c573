package dev.wherry.door.http;

import dev.wherry.config.Config;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The names that this server answers to. A page elsewhere can let its own name lead here (DNS rebinding); then the
 * browser believes that we are that page, and only the name in {@code Host} tells.
 */
final class Hosts {
    private final Set<String> names = new HashSet<>();

    Hosts(Config.Http http, List<String> machine) {
        names.add("localhost");
        machine.forEach(name -> names.add(lower(name)));
        http.hosts().forEach(name -> names.add(lower(name)));
        http.publicUrl().map(url -> URI.create(url).getHost()).ifPresent(name -> names.add(lower(name)));
    }

    /** Why this request is for somebody else, if it is. */
    Optional<FaultException> refusal(HttpServerRequest request) {
        int stated = request.headers().getAll(HttpHeaders.HOST).size();
        boolean isOld = request.version() == HttpVersion.HTTP_1_0 || request.version() == HttpVersion.HTTP_1_1;
        if (isOld ? stated != 1 : stated > 1) {
            return Optional.of(Fault.MALFORMED.because("a request names its host, once"));
        }
        var authority = request.authority();
        if (authority == null) {
            return Optional.of(Fault.MALFORMED.because("a request names its host: a name or an address, and a port"));
        }
        return answersTo(authority)
                ? Optional.empty()
                : Optional.of(Fault.FOREIGN_HOST
                        .because("this server is not known as \"" + authority.host()
                                + "\"; its operator can add that name to http.hosts")
                        .with("host", authority.host())
                        .with("key", "http.hosts"));
    }

    private boolean answersTo(HostAndPort authority) {
        var host = lower(authority.host());
        return names.contains(host) || isAddress(host);
    }

    private static boolean isAddress(String host) {
        return host.startsWith("[") || host.indexOf(':') >= 0 || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
