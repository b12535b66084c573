package dev.wherry.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;

/** Makes a TLS connection to a server whose identity is what its user expects. */
final class Dialer {
    static final Duration CONNECT = Duration.ofSeconds(10);
    static final Duration HANDSHAKE = Duration.ofSeconds(15);

    private final ServerAddress server;
    private final Trust trust;
    private final Traffic traffic;

    Dialer(ServerAddress server, Trust trust, Traffic traffic) {
        this.server = server;
        this.trust = trust;
        this.traffic = traffic;
    }

    /**
     * Connects, and asks the user about a server that nobody vouches for. The question comes between two connections:
     * no server waits for a person in the middle of a handshake.
     */
    TlsLink dial() throws IOException {
        var pin = trust.pin(server);
        var check = new ServerKeyCheck(pin.map(Trust.Pin::fingerprint));
        try {
            return shakeHands(check);
        } catch (SSLException failure) {
            if (check.seen().isEmpty()) {
                throw new CannotConnectException(
                        server + " answered, but not as a Wherry console door (" + failure.getMessage()
                                + "); is this the right port?",
                        failure);
            }
            var seen = check.seen().get();
            if (pin.isPresent()) {
                if (pin.get().fingerprint().equals(seen)) {
                    throw new CannotConnectException("the TLS handshake with " + server + " failed", failure);
                }
                throw IdentityException.changed(server, pin.get(), seen);
            }
            if (!trust.accepts(server, seen)) {
                throw IdentityException.unknown(server, seen);
            }
            return shakeHands(new ServerKeyCheck(Optional.of(seen)));
        }
    }

    /** A server that refuses before it shows its key may only lack the quick group: then with all there are. */
    private TlsLink shakeHands(ServerKeyCheck check) throws IOException {
        if (traffic == Traffic.FILES && Seal.hasBoringSsl()) {
            return shakeHands(() -> Seal.ofBoringSsl(server, check));
        }
        try {
            return shakeHands(() -> Seal.ofPlatform(server, check, true));
        } catch (SSLHandshakeException | SSLProtocolException refused) {
            if (check.seen().isPresent()) {
                throw refused;
            }
            return shakeHands(() -> Seal.ofPlatform(server, check, false));
        }
    }

    private TlsLink shakeHands(Sealing sealing) throws IOException {
        var plain = connect();
        try {
            return TlsLink.over(plain, sealing.seal(), HANDSHAKE);
        } catch (GeneralSecurityException noTls) {
            plain.close();
            throw new CannotConnectException("this Java platform cannot speak TLS", noTls);
        } catch (SocketTimeoutException silent) {
            throw new CannotConnectException(
                    server + " accepts connections but does not answer; is this a Wherry console door?", silent);
        } catch (IOException failure) {
            plain.close();
            throw failure instanceof SSLException
                    ? failure
                    : new CannotConnectException(server + " closed the connection in the TLS handshake", failure);
        }
    }

    /** Tries each address that the host has. The buffers' sizes are left to the system, which fits them to the link. */
    private SocketChannel connect() throws IOException {
        IOException last = new UnknownHostException(server.host());
        for (var address : addresses()) {
            var channel = SocketChannel.open();
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                channel.socket().connect(new InetSocketAddress(address, server.port()), (int) CONNECT.toMillis());
                return channel;
            } catch (IOException failure) {
                channel.close();
                last = failure;
            }
        }
        throw new CannotConnectException(
                switch (last) {
                    case ConnectException _ -> "connection refused: is a server listening on " + server + "?";
                    case SocketTimeoutException _ ->
                        "no answer from " + server + " within " + CONNECT.toSeconds() + " s: is the address right?";
                    case NoRouteToHostException _ -> "there is no way to " + server + " from this machine's network";
                    default -> "cannot connect to " + server + ": " + last.getMessage();
                },
                last);
    }

    private InetAddress[] addresses() throws CannotConnectException {
        try {
            return InetAddress.getAllByName(server.host());
        } catch (UnknownHostException unknown) {
            throw new CannotConnectException("no such host: " + server.host(), unknown);
        }
    }

    private interface Sealing {
        Seal seal() throws GeneralSecurityException, IOException;
    }
}
