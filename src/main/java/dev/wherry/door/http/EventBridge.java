package dev.wherry.door.http;

import dev.wherry.auth.Auth;
import dev.wherry.auth.Principal;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.metrics.Audience;
import dev.wherry.metrics.Metrics;
import dev.wherry.transfer.SendQueue;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The event bus for programs in other languages, by Vert.x's own SockJS bridge: they hear the two documented addresses,
 * each what its account may see, and send nothing.
 */
final class EventBridge {
    private static final String PATH = "/eventbus";
    private static final String WHO = "wherry.who";
    /** Those by which a page elsewhere could ask with our cookie, or that need no upgrade. */
    private static final List<String> OTHER_TRANSPORTS =
            List.of("EVENT_SOURCE", "HTML_FILE", "JSON_P", "XHR", "XHR_STREAMING", "XHR_POLLING");

    private static final int MAX_ADDRESSES = 8;
    private static final long MAX_QUEUED = 256 * 1024;

    private static final JsonObject SESSION_ENDED = new JsonObject()
            .put("type", "err")
            .put("failureCode", 4401)
            .put("failureType", Fault.SESSION_ENDED.code())
            .put("message", "the session has ended; log in again");

    private final HttpDoor door;
    private final SiteCheck site;
    private final Map<SockJSSocket, Principal> open = new HashMap<>();

    EventBridge(HttpDoor door, SiteCheck site) {
        this.door = door;
        this.site = site;
        door.bus().hear(Auth.SESSIONS_ENDED, this::sessionsEnded);
        door.alsoUsedBy(who -> open.values().stream().anyMatch(one -> one.session() == who.session()));
    }

    void mount(Router router, Function<RoutingContext, Peer> peer) {
        var options = new SockJSHandlerOptions().setInsertJSESSIONID(false).setRegisterWriteHandler(false);
        OTHER_TRANSPORTS.forEach(options::addDisabledTransport);
        var permitted = new SockJSBridgeOptions()
                .setMaxHandlersPerSocket(MAX_ADDRESSES)
                .addOutboundPermitted(new PermittedOptions().setAddress(Metrics.EVENTS))
                .addOutboundPermitted(new PermittedOptions().setAddress(Metrics.SNAPSHOTS));
        var bridge = SockJSHandler.create(door.vertx(), options).bridge(permitted, this::happened);
        // What can be asked is no secret, and the clients that ask it first show nothing with it.
        router.route(PATH + "/*").handler(context -> {
            if ((PATH + "/info").equals(context.request().path())) {
                RequestFlow.resume(context.request());
                context.next();
            } else {
                identify(context, peer.apply(context));
            }
        });
        router.route(PATH + "/*").subRouter(bridge);
    }

    private void identify(RoutingContext context, Peer peer) {
        var request = context.request();
        if (request.headers().contains(HttpHeaders.ORIGIN) && !site.isOwnOrigin(request, peer)) {
            context.fail(Fault.FOREIGN_ORIGIN.because("this page is not of this server"));
            return;
        }
        try {
            door.callers().who(request, peer).onFailure(context::fail).onSuccess(who -> {
                if (who.mustChangePassword()) {
                    context.fail(Fault.PASSWORD_CHANGE_REQUIRED.because("change the one-time password first"));
                    return;
                }
                context.put(WHO, who);
                RequestFlow.resume(request);
                context.next();
            });
        } catch (FaultException malformed) {
            context.fail(malformed);
        }
    }

    private void happened(BridgeEvent event) {
        var who = Optional.<Principal>ofNullable(event.socket().routingContext().get(WHO));
        if (who.isEmpty()) {
            event.complete(false);
            return;
        }
        switch (event.type()) {
            case SOCKET_CREATED -> {
                open.put(event.socket(), who.get());
                event.complete(true);
                // It may have ended while the socket was opened, when nobody here knew of it yet.
                door.bus().ask(Auth.CURRENT, who.get()).onFailure(ended -> end(event.socket()));
            }
            case SOCKET_CLOSED -> {
                open.remove(event.socket());
                event.complete(true);
            }
            case SEND, PUBLISH -> event.complete(false);
            case RECEIVE -> event.complete(isSeen(event, who.get()));
            default -> event.complete(true);
        }
    }

    /** A reader who does not keep up is told less, not later. */
    private static boolean isSeen(BridgeEvent event, Principal who) {
        // The socket's own queue is emptied into the connection's, and that into the channel's as long as this takes
        // any: both grow without bound once it does not.
        var connection =
                (HttpServerConnection) event.socket().routingContext().request().connection();
        var channel = connection.channelHandlerContext().channel();
        if (!channel.isWritable() || new SendQueue(channel).bytes() > MAX_QUEUED) {
            return false;
        }
        var audience = Audience.of(who);
        var message = event.getRawMessage();
        if (!(message.getValue("body") instanceof JsonObject body)) {
            return false;
        }
        if (Metrics.SNAPSHOTS.equals(message.getString("address"))) {
            event.setRawMessage(message.copy().put("body", audience.snapshot(body)));
            return true;
        }
        return audience.event(body).isPresent();
    }

    private void sessionsEnded(Auth.SessionsEnded ended) {
        List.copyOf(open.entrySet()).stream()
                .filter(one -> ended.sessions().contains(one.getValue().session()))
                .forEach(one -> end(one.getKey()));
    }

    /**
     * SockJS closes with a code of its own, whatever is asked for: so the reason goes ahead, as the bridge tells
     * errors.
     */
    private static void end(SockJSSocket socket) {
        socket.write(SESSION_ENDED.encode()).onComplete(ignored -> socket.close());
    }
}
