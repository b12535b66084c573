package dev.wherry.door.http;

import dev.wherry.auth.Auth;
import dev.wherry.auth.Principal;
import dev.wherry.auth.Right;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Logging in, who one is, and logging out. */
final class SessionRoutes {
    private final HttpDoor door;

    SessionRoutes(HttpDoor door) {
        this.door = door;
    }

    /** The one thing that somebody unknown may ask. */
    Future<Principal> logIn(JsonObject asked, Peer peer, HttpServerRequest request) {
        var response = request.response();
        return door.bus()
                .ask(Auth.LOGIN, new Auth.Login(proof(asked), peer.address(), HttpParts.DOOR, Callers.program(request)))
                .map(session -> {
                    var token = session.token().orElseGet(() -> asked.getString("token", ""));
                    Cookies.set(response, peer, token, door.config().login().sessionLifetime());
                    var facts = facts(session.principal());
                    session.expires().ifPresent(end -> facts.put("expires", end.toString()));
                    response.putHeader("Content-Type", JsonLine.TYPE)
                            .putHeader("Cache-Control", "no-store")
                            .end(JsonLine.of(facts));
                    return session.principal();
                });
    }

    private static Auth.Proof proof(JsonObject asked) {
        var json = new Asked(asked);
        Optional<String> token = json.text("token");
        return token.<Auth.Proof>map(Auth.Proof.Token::new)
                .orElseGet(() -> new Auth.Proof.Password(json.demandText("user"), json.demandText("password")));
    }

    /**
     * Whether this asks who is logged in, if anybody: then that it is nobody is an answer. What it shows must count.
     */
    static boolean asksForAnybody(HttpServerRequest request) {
        return "/session".equals(request.path())
                && request.method().equals(HttpMethod.GET)
                && "anybody".equals(request.query())
                && !request.headers().contains(HttpHeaders.AUTHORIZATION);
    }

    static void nobody(HttpServerRequest request) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, JsonLine.TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(JsonLine.of(new JsonObject()));
    }

    Future<Void> whoAmI(Call call) {
        return call.answer(facts(call.who()));
    }

    private JsonObject facts(Principal who) {
        var limits = new JsonObject()
                .put("fileSize", door.config().files().maxSize())
                .put("checksum", TusChecksum.MAX_PART)
                .put("listing", door.config().listing().maxEntries());
        return new JsonObject()
                .put("user", who.account())
                .put("rights", new JsonArray(who.rules()))
                .put("admin", who.may(Right.ADMINISTER, VirtualPath.ROOT))
                .put("mustChangePassword", who.mustChangePassword())
                .put("server", "wherry " + door.parts().version())
                .put("fingerprint", door.parts().fingerprint())
                .put("limits", limits);
    }

    /** The cookie goes in any case: a session that has ended is one that was logged out of. */
    Future<Void> logOut(Call call) {
        Cookies.clear(call.response(), call.peer());
        return door.bus()
                .ask(Auth.LOGOUT, new Auth.Logout(call.who(), call.says("all")))
                .recover(SessionRoutes::endedAlready)
                .compose(ended -> call.answer(new JsonObject().put("sessions", ended)));
    }

    private static Future<Integer> endedAlready(Throwable failure) {
        return FaultException.of(failure).fault() == Fault.SESSION_ENDED
                ? Future.succeededFuture(0)
                : Future.failedFuture(failure);
    }
}
