package dev.wherry.door.http;

import dev.wherry.auth.Auth;
import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who asks, by what a request shows. HTTP shows it again each time, so what was right is remembered for a while: under
 * a keyed hash, never as it was shown. Whether it still counts is asked of {@link Auth#CURRENT} each time all the same.
 *
 * <p>Belongs to one event loop.
 */
final class Callers {
    /** How long a password that was right is not hashed again, after its last use. */
    static final Duration REMEMBERED = Duration.ofSeconds(60);

    private static final int MOST = 10_000;
    private static final String BASIC = "basic ";
    private static final String BEARER = "bearer ";

    private final Bus bus;
    private final LongSupplier nanoClock;
    private final Uses uses;
    private final Mac mac;
    private final Map<String, Remembered> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > MOST;
        }
    };
    /** Tokens that were wrong, and so will always be: a browser shows a dead cookie again and again. */
    private final Map<String, Boolean> wrong = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    };
    /** Logins under way: of many requests that show the same at once, one asks. */
    private final Map<String, Future<Remembered>> asked = new HashMap<>();

    Callers(Bus bus, LongSupplier nanoClock, Uses uses) {
        this.bus = bus;
        this.uses = uses;
        this.nanoClock = nanoClock;
        this.mac = mac();
    }

    private static Mac mac() {
        try {
            var key = new byte[32];
            new SecureRandom().nextBytes(key);
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every platform has HmacSHA256", impossible);
        }
    }

    /** Fails with {@code login-required} when nothing is shown, else as {@link Auth#LOGIN} does. */
    Future<Principal> who(HttpServerRequest request, Peer peer) {
        return proof(request, peer)
                .map(proof -> known(new Auth.Login(proof, peer.address(), HttpParts.DOOR, program(request))))
                .orElseGet(() -> Future.failedFuture(Fault.LOGIN_REQUIRED.because(
                        "log in first: with POST /session, or by an Authorization header (Basic or Bearer)")));
    }

    private static Optional<Auth.Proof> proof(HttpServerRequest request, Peer peer) {
        var shown = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (shown != null) {
            return Optional.of(authorization(shown.strip()));
        }
        return Cookies.token(request, peer).map(Auth.Proof.Token::new);
    }

    private static Auth.Proof authorization(String shown) {
        if (shown.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return new Auth.Proof.Token(shown.substring(BEARER.length()).strip());
        }
        if (shown.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return pair(shown.substring(BASIC.length()).strip());
        }
        throw malformed();
    }

    private static Auth.Proof pair(String base64) {
        try {
            var pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon >= 0) {
                return new Auth.Proof.Password(pair.substring(0, colon), pair.substring(colon + 1));
            }
        } catch (IllegalArgumentException notBase64) {
            throw malformed();
        }
        throw malformed();
    }

    private static FaultException malformed() {
        return Fault.MALFORMED.because(
                "Authorization is \"Basic\" with base64 of name:password, or \"Bearer\" with a token");
    }

    /** What the peer calls itself. */
    static String program(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT)).orElse("");
    }

    private Future<Principal> known(Auth.Login login) {
        var key = key(login.proof());
        return Optional.ofNullable(remembered.get(key))
                .filter(this::isFresh)
                .map(entry -> current(entry).recover(ended -> forget(key, ended, login)))
                .orElseGet(() -> logIn(key, login).compose(this::current));
    }

    private boolean isFresh(Remembered entry) {
        return !entry.isPassword || nanoClock.getAsLong() - entry.usedAt < REMEMBERED.toNanos();
    }

    private Future<Principal> current(Remembered entry) {
        entry.usedAt = nanoClock.getAsLong();
        return bus.ask(Auth.CURRENT, entry.principal);
    }

    /** What was remembered does not count any more; what is shown may, as for a password that was used elsewhere. */
    private Future<Principal> forget(String key, Throwable ended, Auth.Login login) {
        if (FaultException.of(ended).fault() != Fault.SESSION_ENDED) {
            return Future.failedFuture(ended);
        }
        remembered.remove(key);
        return logIn(key, login).compose(this::current);
    }

    private Future<Remembered> logIn(String key, Auth.Login shown) {
        if (wrong.containsKey(key)) {
            return Future.failedFuture(
                    Fault.WRONG_LOGIN.because("this token does not count (any more); log in with the password"));
        }
        var running = asked.get(key);
        if (running != null) {
            return running;
        }
        var login = bus.ask(Auth.LOGIN, shown)
                .map(session -> new Remembered(
                        session.principal(), shown.proof() instanceof Auth.Proof.Password, nanoClock.getAsLong()))
                .onSuccess(
                        entry -> Optional.ofNullable(remembered.put(key, entry)).ifPresent(this::leave))
                .onFailure(failure -> mark(key, shown.proof(), failure));
        asked.put(key, login);
        login.onComplete(ignored -> asked.remove(key));
        return login;
    }

    private void mark(String key, Auth.Proof proof, Throwable failure) {
        if (proof instanceof Auth.Proof.Token && FaultException.of(failure).fault() == Fault.WRONG_LOGIN) {
            wrong.put(key, true);
        }
    }

    /** Ends what is remembered of passwords that nobody has shown for a while, and is not in use. */
    void sweep() {
        remembered.values().removeIf(entry -> !isFresh(entry) && leave(entry));
    }

    /** Ends the session of a password that was shown with a request, unless something still runs in it. */
    private boolean leave(Remembered entry) {
        boolean isOver = entry.isPassword && !uses.isInUse(entry.principal);
        if (isOver) {
            bus.ask(Auth.END_UNUSED, entry.principal);
        }
        return isOver;
    }

    private String key(Auth.Proof proof) {
        var text = switch (proof) {
            case Auth.Proof.Password(var user, var password) -> "p" + user.length() + ":" + user + password;
            case Auth.Proof.Token(var token) -> "t" + token;
        };
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Tells whether requests of these are still running. */
    @FunctionalInterface
    interface Uses {
        boolean isInUse(Principal who);
    }

    /** What was right once. */
    private static final class Remembered {
        private final Principal principal;
        private final boolean isPassword;
        private long usedAt;

        private Remembered(Principal principal, boolean isPassword, long usedAt) {
            this.principal = principal;
            this.isPassword = isPassword;
            this.usedAt = usedAt;
        }
    }
}
