package dev.wherry.client;

import dev.wherry.client.ReadAhead.SourceException;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A connection to a server's console door. Blocking, one request at a time, for one thread. Every refusal of the server
 * is a {@link FaultException}; every {@link IOException} but an {@link UploadCutException} means that the connection,
 * or a local file, is what failed.
 */
public final class Connection implements AutoCloseable {
    private static final int VERSION = 1;

    private final ServerAddress server;
    private final Wire wire;
    private final Map<String, Object> greeting;

    private final Runnable closing;

    private Connection(ServerAddress server, Wire wire, Map<String, Object> greeting, Runnable closing) {
        this.closing = closing;
        this.server = server;
        this.wire = wire;
        this.greeting = greeting;
    }

    /**
     * Begins, on another thread, with what the first connection of a process needs before it can say a word: the
     * platform makes itself ready for TLS in the time in which a command line is read.
     */
    public static void prepare(Traffic traffic) {
        var thread = new Thread(() -> Preparation.run(traffic), "wherry-prepare");
        thread.setDaemon(true);
        thread.start();
    }

    /** For {@link Traffic#TALK}. */
    public static Connection open(ServerAddress server, Trust trust) throws IOException {
        return open(server, trust, Traffic.TALK);
    }

    /**
     * Connects, and hears the greeting.
     *
     * @throws CannotConnectException when nobody answers there, or somebody else
     * @throws IdentityException when the server is unknown, or not the one that it was
     */
    public static Connection open(ServerAddress server, Trust trust, Traffic traffic) throws IOException {
        return open(server, trust, traffic, Wire.ANSWER);
    }

    /** @param longest that the server may say nothing while something is waited for */
    static Connection open(ServerAddress server, Trust trust, Traffic traffic, Duration longest) throws IOException {
        var wire = new Wire(new Dialer(server, trust, traffic).dial(), longest);
        try {
            wire.patience(Wire.ANSWER);
            return switch (first(wire, server)) {
                case Reply.Greeting greeting
                when greeting.version() == VERSION -> new Connection(server, wire, greeting.facts(), wire::close);
                case Reply.Greeting greeting ->
                    throw new CannotConnectException(server + " speaks version " + greeting.version()
                            + " of the protocol, and this client version " + VERSION + "; update the older of the two");
                case Reply.Err refused -> throw refused.fault();
                default -> throw new CannotConnectException(server + " does not greet as a Wherry console door does");
            };
        } catch (IOException | FaultException failure) {
            wire.close();
            throw failure;
        }
    }

    /** A door that greets does so at once; what waits to be spoken to first, as a web server does, is another. */
    private static Reply first(Wire wire, ServerAddress server) throws IOException {
        try {
            return wire.readReply();
        } catch (CannotConnectException mute) {
            throw new CannotConnectException(
                    server + " did not greet, as a console door does at once (" + mute.getMessage() + "); its port is "
                            + ServerAddress.USUAL_PORT + " unless it was set, and another than the page's",
                    mute);
        }
    }

    /** The same for somebody who is to give it back: that they close it only tells its owner, who may lend it again. */
    public Connection lent(Runnable back) {
        return new Connection(server, wire, greeting, back);
    }

    /** Whether the server is still there, which it may take so long to say; else this is closed. */
    public boolean answers(Duration patience) {
        try {
            wire.send(new Request.Ping());
            wire.patience(patience);
            if (wire.readReply() instanceof Reply.Ok) {
                return true;
            }
        } catch (IOException gone) {
            // As good as no answer.
        }
        wire.close();
        return false;
    }

    public ServerAddress server() {
        return server;
    }

    /** What the server said of itself and its limits. */
    public Map<String, Object> greeting() {
        return greeting;
    }

    /** Asks for something that is answered in one line. */
    public Map<String, Object> ask(Request request) throws IOException {
        return ask(request, item -> {});
    }

    /** Asks for something that is answered in many lines and a last one, which is returned. */
    public Map<String, Object> ask(Request request, Consumer<Map<String, Object>> items) throws IOException {
        if (request.hasDataPhase() || request instanceof Request.Download) {
            throw new IllegalArgumentException("transfers have methods of their own");
        }
        wire.inStep(false);
        wire.send(request);
        wire.patienceFor(request);
        while (true) {
            switch (wire.readReply()) {
                case Reply.Ok ok -> {
                    wire.inStep(true);
                    return ok.facts();
                }
                case Reply.Err refused -> {
                    wire.inStep(true);
                    throw refused.fault();
                }
                case Reply.Item item -> items.accept(item.facts());
                case Reply.Event event -> items.accept(event.facts());
                default -> throw new CannotConnectException("the server answered something else than was asked");
            }
        }
    }

    /**
     * Hears events until the server ends it. An event may be long in coming: the snapshot of each second, wanted or
     * not, shows that the server is there, and keeps the connection from being idle.
     */
    public void tail(Request.Tail request, Consumer<Map<String, Object>> events) throws IOException {
        wire.inStep(false);
        wire.send(new Request.Tail(request.events(), true));
        wire.patience(Wire.ANSWER);
        while (true) {
            switch (wire.readReply()) {
                case Reply.Event event -> {
                    if (request.metrics() || event.facts().containsKey("event")) {
                        events.accept(event.facts());
                    }
                }
                case Reply.Err refused -> {
                    wire.inStep(true);
                    throw refused.fault();
                }
                default -> {
                    wire.inStep(true);
                    return;
                }
            }
        }
    }

    /**
     * Sends a file, and returns when the server has published it.
     *
     * @param parents whether missing folders above the path are made
     * @throws FaultException what the server refused; {@link Fault#CHANGED} when the source did while it was sent;
     *     {@link Fault#STOPPED} when the watch stopped it
     * @throws UploadCutException when the connection was lost after the server began to keep the upload
     */
    public Uploaded upload(VirtualPath path, Source source, Precondition expected, boolean parents, TransferWatch watch)
            throws IOException {
        return upload(Sending.anew(path, source, expected, parents), watch);
    }

    /** One attempt to send a file, or what is still missing of it there; else the same. */
    public Uploaded upload(Sending sending, TransferWatch watch) throws IOException {
        try {
            return new UploadCall(wire, sending, watch).run();
        } catch (SourceException unreadable) {
            throw unreadable;
        } catch (IOException cut) {
            wire.close();
            throw cut;
        }
    }

    /**
     * Fetches a file, and returns when it has landed whole and verified. When it fails in the middle, nothing has
     * landed, and the connection is closed.
     *
     * @param expected the version that must still be there, if it matters
     */
    public Downloaded download(VirtualPath path, Optional<Etag> expected, Landing landing, TransferWatch watch)
            throws IOException {
        return new Persistent(() -> this, Patience.NONE).download(path, expected, landing, watch);
    }

    /** One attempt to fetch a file, or what is still missing of it. */
    Downloaded fetch(Fetching fetching, TransferWatch watch) throws IOException {
        try {
            return new DownloadCall(wire, fetching, watch).run();
        } catch (IOException cut) {
            wire.close();
            throw cut;
        }
    }

    /** For requests that go before earlier ones are answered. */
    Wire wire() {
        return wire;
    }

    /** How many requests the server takes before it answers. */
    int window() {
        return greeting.get("limits") instanceof Map<?, ?> limits && limits.get("window") instanceof Number window
                ? Math.max(1, window.intValue())
                : 1;
    }

    /** Whether more can be asked here. */
    public boolean isOpen() {
        return !wire.isClosed();
    }

    /** Whether all that was asked is answered, so that somebody else can go on here. */
    public boolean isInStep() {
        return wire.isInStep();
    }

    /** Says good-bye without waiting for an answer. */
    @Override
    public void close() {
        closing.run();
    }
}
