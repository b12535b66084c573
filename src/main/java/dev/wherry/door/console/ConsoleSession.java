package dev.wherry.door.console;

import dev.wherry.auth.Auth.SessionsEnded;
import dev.wherry.auth.Principal;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import dev.wherry.protocol.Decoder;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One connection: it decodes what comes, runs one request after the other, and answers each exactly once, in order.
 * Confined to the connection's event loop.
 */
final class ConsoleSession implements Decoder.Listener {
    private final ConsoleDoor door;
    private final NetSocket socket;
    private final String address;
    private final Inbound inbound;
    private final Outbound outbound;
    private final Requests requests;

    private Optional<Principal> who = Optional.empty();
    private Optional<Exchange> current = Optional.empty();
    private Optional<DataPhase> dataPhase = Optional.empty();
    private boolean stranger = true;
    private boolean closing;

    ConsoleSession(ConsoleDoor door, NetSocket socket, String address) {
        this.door = door;
        this.socket = socket;
        this.address = address;
        this.inbound = new Inbound(socket, door.decoder(this));
        this.outbound = new Outbound(socket);
        this.requests = new Requests(door, this, outbound);
    }

    void open() {
        socket.handler(inbound::received);
        socket.exceptionHandler(failure -> socket.close());
        socket.closeHandler(ignored -> lost());
        outbound.send(new Reply.Greeting(1, door.greeting()));
    }

    @Override
    public void request(Request request) {
        current.filter(Exchange::isLive).ifPresent(live -> live.interrupt(Fault.STOPPED.because("the next line came")));
        var exchange = new Exchange(request, door.now());
        current = Optional.of(exchange);
        dataPhase = request.hasDataPhase() ? Optional.of(DataPhase.DISCARD) : Optional.empty();
        run(request, exchange).onComplete(result -> answered(exchange, result));
        regulate();
    }

    /** What is thrown is answered like what failed: a request without an answer would hold the line for ever. */
    private Future<Map<String, Object>> run(Request request, Exchange exchange) {
        try {
            return requests.run(request, exchange);
        } catch (RuntimeException thrown) {
            return Future.failedFuture(thrown);
        }
    }

    /** Decides whether more may be decoded: chunks while there is room, the next request when this one is answered. */
    void regulate() {
        boolean busy = current.map(Exchange::holdsTheLine).orElse(false) || outbound.isFull();
        if (closing || dataPhase.map(DataPhase::isFull).orElse(busy)) {
            inbound.pause();
        } else {
            inbound.resume();
        }
    }

    private void answered(Exchange exchange, AsyncResult<Map<String, Object>> result) {
        exchange.answered();
        var fault = Optional.ofNullable(result.cause()).map(FaultException::of);
        outbound.send(fault.<Reply>map(Reply.Err::new).orElseGet(() -> new Reply.Ok(result.result())));
        door.answered(exchange, who, address, fault);
        if (exchange.closesAfterwards()) {
            close();
        }
        dataPhase = dataPhase.map(ignored -> DataPhase.DISCARD);
        outbound.ready().onComplete(ignored -> regulate());
    }

    /** The chunks that follow go here. */
    void receive(DataPhase receiver) {
        dataPhase = Optional.of(receiver);
    }

    @Override
    public void chunk(ByteBuffer bytes) {
        dataPhase.ifPresent(receiver -> receiver.chunk(bytes));
        regulate();
    }

    @Override
    public void keepAlive() {
        dataPhase.ifPresent(DataPhase::keepAlive);
    }

    @Override
    public void end(Sha256 digest) {
        endDataPhase(receiver -> receiver.end(digest));
    }

    @Override
    public void badEnd(FaultException fault) {
        endDataPhase(receiver -> receiver.giveUp(fault));
    }

    @Override
    public void giveUp(Optional<String> reason) {
        var why = Fault.STOPPED.because(
                "the sender stopped it" + reason.map(text -> ": " + text).orElse(""));
        endDataPhase(receiver -> receiver.giveUp(why));
    }

    private void endDataPhase(Consumer<DataPhase> last) {
        var receiver = dataPhase;
        dataPhase = Optional.empty();
        receiver.ifPresent(last);
        regulate();
    }

    @Override
    public void broken(FaultException fault) {
        dataPhase = Optional.empty();
        inbound.stop();
        cut(fault);
    }

    Optional<Principal> who() {
        return who;
    }

    String address() {
        return address;
    }

    /** Somebody logged in, or again; or logged out. */
    void who(Optional<Principal> principal) {
        if (stranger && principal.isPresent()) {
            stranger = false;
            door.connections().known(address);
        }
        who = principal;
    }

    /** Whether nobody has ever logged in here: who logs out was counted as known, and stays so. */
    boolean stranger() {
        return stranger;
    }

    /** The session under this connection may have ended elsewhere: then the connection ends too. */
    void sessionsEnded(SessionsEnded ended) {
        if (who.filter(principal -> ended.sessions().contains(principal.session()))
                .isPresent()) {
            cut(Fault.SESSION_ENDED.because("this session has ended: " + ended.reason() + "; log in again"));
        }
    }

    /** Ends whatever runs, says why, and closes; what is being published is published and answered first. */
    Future<Void> cut(FaultException why) {
        var running = current.filter(exchange -> !exchange.isAnswered());
        if (running.isPresent()) {
            running.get().closeAfterwards();
            return running.get().interrupt(why);
        }
        if (!closing) {
            outbound.send(new Reply.Err(why));
            close();
        }
        return Future.succeededFuture();
    }

    private void close() {
        closing = true;
        inbound.stop();
        outbound.close();
    }

    private void lost() {
        closing = true;
        inbound.stop();
        outbound.lost();
        current.ifPresent(exchange -> exchange.interrupt(Fault.STOPPED.because("the connection was lost")));
        door.closed(this);
    }
}
