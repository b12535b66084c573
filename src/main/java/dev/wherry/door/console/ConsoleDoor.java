package dev.wherry.door.console;

import dev.wherry.auth.Auth.SessionsEnded;
import dev.wherry.auth.Places;
import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import dev.wherry.bus.Event;
import dev.wherry.config.Config;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.metrics.ConnectionEvent;
import dev.wherry.metrics.RequestAnswered;
import dev.wherry.protocol.Decoder;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.ReplyLine;
import dev.wherry.transfer.Transfers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The sessions of one event loop, and what they share. Whoever is one too many is told so, and why, before they cost
 * more than a socket.
 */
final class ConsoleDoor {
    /** What events and histories call it. */
    static final String NAME = "console";

    private final Bus bus;
    private final Transfers transfers;
    private final Config.Console limits;
    private final Places places;
    private final Map<String, Object> greeting;
    private final LongSupplier nanoClock;
    private final Set<ConsoleSession> sessions = new HashSet<>();
    private boolean closing;

    ConsoleDoor(ConsoleParts parts) {
        this.bus = parts.bus();
        this.transfers = parts.transfers();
        this.limits = parts.config().console();
        this.places = parts.places();
        this.greeting = greeting(parts);
        this.nanoClock = parts.nanoClock();
    }

    private static Map<String, Object> greeting(ConsoleParts parts) {
        var limits = parts.config().console();
        var stated = new LinkedHashMap<String, Object>();
        stated.put("line", limits.maxLine());
        stated.put("chunk", limits.maxChunk());
        stated.put("window", limits.window());
        stated.put("fileSize", parts.config().files().maxSize());
        var greeting = new LinkedHashMap<String, Object>();
        greeting.put("server", "wherry " + parts.version());
        greeting.put("node", parts.node());
        greeting.put("limits", stated);
        return greeting;
    }

    /** Whether one more connection from this address may stay. */
    boolean admit(String address) {
        boolean admitted = !closing && places.admit(address);
        if (admitted) {
            bus.tell(Event.HAPPENED, new ConnectionEvent(true, NAME, address));
        }
        return admitted;
    }

    /** Says in the protocol's own words that there is no room. */
    static String refusal() {
        return ReplyLine.write(
                        new Reply.Err(Fault.TOO_MANY.because("there are too many connections; try again in a moment")))
                + "\n";
    }

    /** Speaks the protocol on an admitted connection, which is encrypted by now. */
    void welcome(NetSocket socket, String address, Context context) {
        var session = new ConsoleSession(this, socket, address, context);
        sessions.add(session);
        session.open();
    }

    void closed(ConsoleSession session) {
        if (sessions.remove(session)) {
            gone(session.address(), session.stranger());
        }
    }

    /** An admitted connection ended. */
    void gone(String address, boolean stranger) {
        places.closed(address, stranger);
        bus.tell(Event.HAPPENED, new ConnectionEvent(false, NAME, address));
    }

    void sessionsEnded(SessionsEnded ended) {
        new ArrayList<>(sessions).forEach(session -> session.sessionsEnded(ended));
    }

    /** Ends every session: uploads stay resumable, what is being published is published. */
    Future<?> closeAll() {
        closing = true;
        var why = Fault.UNAVAILABLE.because("the server is stopping; unfinished uploads can be resumed");
        return Future.join(new ArrayList<>(sessions)
                .stream().map(session -> session.cut(why)).toList());
    }

    void answered(Exchange exchange, Optional<Principal> who, String address, Optional<FaultException> fault) {
        bus.tell(
                Event.HAPPENED,
                new RequestAnswered(
                        NAME,
                        Verbs.word(exchange.request()),
                        who.map(Principal::account).orElse(""),
                        address,
                        fault.map(failure -> failure.fault().code()).orElse("done"),
                        exchange.took(now())));
    }

    /** Requests of one connection that may be unanswered. */
    int window() {
        return limits.window();
    }

    Decoder decoder(Decoder.Listener listener) {
        return new Decoder(listener, limits.maxLine(), limits.maxChunk());
    }

    Bus bus() {
        return bus;
    }

    Transfers transfers() {
        return transfers;
    }

    Places places() {
        return places;
    }

    Map<String, Object> greeting() {
        return greeting;
    }

    long now() {
        return nanoClock.getAsLong();
    }
}
