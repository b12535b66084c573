package dev.wherry.door.http;

import dev.wherry.auth.Principal;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** One request of a known caller, on its way to its answer. Belongs to the event loop of its connection. */
final class Call {

    private final RoutingContext context;
    private final HttpServerRequest request;
    private final Peer peer;
    private final Principal who;
    private final HttpDoor door;
    private Consumer<FaultException> interruptListener = ignored -> {};
    private Optional<FaultException> interruption = Optional.empty();

    Call(RoutingContext context, Peer peer, Principal who, HttpDoor door) {
        this.context = context;
        this.request = context.request();
        this.peer = peer;
        this.who = who;
        this.door = door;
    }

    HttpServerRequest request() {
        return request;
    }

    HttpServerResponse response() {
        return request.response();
    }

    Peer peer() {
        return peer;
    }

    Principal who() {
        return who;
    }

    Vertx vertx() {
        return context.vertx();
    }

    /** The value of a parameter of the query; empty text for one without a value. */
    Optional<String> query(String name) {
        return Optional.ofNullable(context.queryParams().get(name));
    }

    boolean has(String name) {
        return context.queryParams().contains(name);
    }

    /** Whether the query says this, as {@code ?name} or {@code ?name=true}. */
    boolean says(String name) {
        return query(name)
                .filter(value -> value.isEmpty() || value.equals("true"))
                .isPresent();
    }

    Optional<String> header(CharSequence name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    /** The part of the path that the route leaves open. */
    String parameter(String name) {
        return Optional.ofNullable(context.pathParam(name)).orElse("");
    }

    /** What the path names below this prefix, decoded and parsed here, once. */
    VirtualPath path(String prefix) {
        return RawPath.parse(rawPath(), prefix);
    }

    private String rawPath() {
        return Optional.ofNullable(request.path()).orElse("");
    }

    /** Whether the path says that it means a folder. */
    boolean namesFolder() {
        return rawPath().endsWith("/");
    }

    /** The body as JSON, see {@link Body}. */
    Future<JsonObject> json() {
        return new Body(request, vertx(), door.config().http()).json();
    }

    Future<Void> answer(int status, JsonObject facts) {
        response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, JsonLine.TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return end(JsonLine.of(facts));
    }

    /** Ends the answer with this, or, where only its header was asked for, without. */
    Future<Void> end(Buffer content) {
        if (request.method().equals(HttpMethod.HEAD)) {
            return response()
                    .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(content.length()))
                    .end();
        }
        return response().end(content);
    }

    Future<Void> answer(JsonObject facts) {
        return answer(200, facts);
    }

    Future<Void> items(Collection<JsonObject> items) {
        return answer(new JsonObject().put("items", new JsonArray(items.stream().toList())));
    }

    Future<Void> nothing() {
        return response().setStatusCode(204).end();
    }

    /** Hears when the session ends or the server stops, also if that was before. */
    void onInterrupt(Consumer<FaultException> listener) {
        interruptListener = listener;
        interruption.ifPresent(listener);
    }

    /** Ends the connection under an answer that is whole, and that its reader does not take. */
    void cutWhatIsSaid() {
        if (response().ended()) {
            Connections.cut(request.connection());
        }
    }

    /** Why it should end, where it should. */
    Optional<FaultException> interruption() {
        return interruption;
    }

    void interrupt(FaultException why) {
        if (interruption.isEmpty()) {
            interruption = Optional.of(why);
            interruptListener.accept(why);
        }
    }
}
