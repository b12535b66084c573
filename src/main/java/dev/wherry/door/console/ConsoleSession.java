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
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: it decodes what comes, runs the requests of its {@link Window}, and answers each exactly once, in
 * order. Confined to the connection's event loop.
 */
final class ConsoleSession implements Decoder.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleSession.class);

    /** What is read of a closed connection is in memory already: it takes no longer than its writing. */
    private static final long LAST_BYTES_MILLIS = 5_000;

    /** Requests that are carried out before others on the event loop have their turn: thousands fit into one read. */
    private static final int TURN = 64;

    private final ConsoleDoor door;
    private final NetSocket socket;
    private final String address;
    private final Context context;
    private final Inbound inbound;
    private final Outbound outbound;
    private final Requests requests;
    private final Window window;

    private Optional<Principal> who = Optional.empty();
    /** Whose chunks are coming, and what takes them. */
    private Optional<Exchange> receiving = Optional.empty();

    private DataPhase dataPhase = DataPhase.DISCARD;
    /** Whether no other request is read, because the connection is about to end. */
    private boolean ending;

    /** Requests since others last had their turn. */
    private int taken;

    private boolean closing;
    private boolean gone;
    private boolean streamEnded;
    private boolean left;
    /** Whether nobody has logged in here yet: counted so until the first login, and never again. */
    private boolean stranger = true;

    ConsoleSession(ConsoleDoor door, NetSocket socket, String address, Context context) {
        this.door = door;
        this.socket = socket;
        this.address = address;
        this.context = context;
        this.inbound = new Inbound(socket, door.decoder(this), this::broke);
        this.outbound = new Outbound(socket, context);
        this.requests = new Requests(door, this);
        this.window = new Window(door.window(), this::start, this::reply);
    }

    void open() {
        socket.handler(inbound::received);
        socket.exceptionHandler(this::broke);
        socket.endHandler(ignored -> streamEnded());
        socket.closeHandler(ignored -> lost());
        outbound.send(new Reply.Greeting(1, door.greeting()));
    }

    /** That a peer goes away is no accident; whatever else ends a connection is ours, and somebody shall hear of it. */
    private void broke(Throwable failure) {
        if (!(failure instanceof IOException)) {
            LOG.warn("the connection from {} broke", address, failure);
        }
        socket.close();
    }

    @Override
    public void request(Request request) {
        take(new Exchange(request, new Turn(outbound), door.now()));
    }

    private void take(Exchange exchange) {
        window.open().forEach(Exchange::nextLine);
        if (exchange.request().hasDataPhase()) {
            receiving = Optional.of(exchange);
            dataPhase = DataPhase.DISCARD;
        }
        window.add(exchange);
        taken++;
        if (taken == TURN) {
            context.runOnContext(ignored -> {
                taken = 0;
                regulate();
            });
        }
        regulate();
    }

    /** Whatever a handler throws is an answer: nothing may escape into the decoder. */
    private void start(Exchange exchange) {
        Future<Map<String, Object>> result;
        try {
            result = exchange.interruption()
                    .<Future<Map<String, Object>>>map(Future::failedFuture)
                    .orElseGet(() -> requests.run(exchange.request(), exchange));
        } catch (RuntimeException thrown) {
            result = Future.failedFuture(thrown);
        }
        result.onComplete(end -> answered(exchange, end));
    }

    /** Decides whether more may be decoded: chunks while there is room, requests while the window is open. */
    void regulate() {
        boolean busy = receiving.isPresent() ? dataPhase.isFull() : isBusy();
        if (gone) {
            return;
        }
        if (closing || busy) {
            inbound.pause();
        } else {
            inbound.resume();
        }
    }

    private boolean isBusy() {
        return ending || window.isClosed() || outbound.isFull() || taken >= TURN;
    }

    private void answered(Exchange exchange, AsyncResult<Map<String, Object>> result) {
        var fault = Optional.ofNullable(result.cause()).map(FaultException::of);
        exchange.answered(fault.<Reply>map(Reply.Err::new).orElseGet(() -> new Reply.Ok(result.result())));
        door.answered(exchange, who, address, fault);
        if (receiving.filter(exchange::equals).isPresent()) {
            dataPhase = DataPhase.DISCARD;
        }
        window.settle();
        outbound.ready().onComplete(ignored -> regulate());
    }

    private void reply(Exchange exchange) {
        outbound.send(exchange.answer());
        if (exchange.closesAfterwards()) {
            close();
        }
    }

    /** The chunks that follow its request go here. */
    void receive(Exchange exchange, DataPhase receiver) {
        if (receiving.filter(exchange::equals).isPresent()) {
            dataPhase = receiver;
        }
    }

    @Override
    public void chunk(ByteBuffer bytes) {
        dataPhase.chunk(bytes);
        regulate();
    }

    @Override
    public void keepAlive() {
        dataPhase.keepAlive();
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
        receiving.ifPresent(exchange -> exchange.whole(door.now()));
        receiving = Optional.empty();
        dataPhase = DataPhase.DISCARD;
        last.accept(receiver);
        if (gone) {
            inbound.stop();
        }
        regulate();
    }

    /** In the middle of an upload it is that upload's answer; else it is the answer to what could not be read. */
    @Override
    public void broken(FaultException fault) {
        inbound.stop();
        var upload = receiving.filter(exchange -> !exchange.isAnswered());
        receiving = Optional.empty();
        dataPhase = DataPhase.DISCARD;
        if (upload.isPresent()) {
            upload.get().closeAfterwards();
            upload.get().interrupt(fault);
        } else {
            request(new Request.Malformed(fault, false, true));
        }
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
            door.places().known(address);
        }
        who = principal;
    }

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

    /**
     * Ends whatever runs, says why, and closes; what is being published is published and answered first. Nothing is
     * read behind it: what would be has no answer to come to.
     */
    Future<?> cut(FaultException why) {
        ending = true;
        regulate();
        var open = window.open();
        if (!open.isEmpty()) {
            open.getLast().closeAfterwards();
            return Future.join(
                    open.stream().map(exchange -> exchange.interrupt(why)).toList());
        }
        if (!closing) {
            outbound.send(new Reply.Err(why));
            close();
        }
        return Future.succeededFuture();
    }

    private void close() {
        closing = true;
        window.end();
        inbound.stop();
        outbound.left().onComplete(sent -> {
            inbound.discard();
            Farewell.say(socket, context.owner());
        });
    }

    /**
     * The client is gone. What had arrived before counts: an upload whose end mark is among it is committed. That comes
     * now, up to the end of the stream, however busy the session was.
     */
    private void lost() {
        gone = true;
        outbound.lost();
        if (receiving.isPresent() && !closing && !streamEnded) {
            context.owner().setTimer(LAST_BYTES_MILLIS, ignored -> leave());
            inbound.drain();
        } else {
            leave();
        }
    }

    private void streamEnded() {
        streamEnded = true;
        if (gone) {
            leave();
        }
    }

    private void leave() {
        if (left) {
            return;
        }
        left = true;
        closing = true;
        inbound.stop();
        var why = Fault.STOPPED.because("the connection was lost");
        window.open().forEach(exchange -> exchange.interrupt(why));
        door.closed(this);
    }
}
