package dev.wherry.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLProtocolException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** Makes a TLS connection to a server whose identity is what its user expects. */
final class Dialer {
    static final Duration CONNECT = Duration.ofSeconds(10);
    static final Duration HANDSHAKE = Duration.ofSeconds(15);

    private static final String ALPN = "wherry/1";

    /**
     * The one group for which a key costs nothing to speak of. With P-256 among them the JDK would make a key for that
     * too, and a table of its multiples first: a third of the time of a short command.
     */
    private static final String[] QUICK_GROUP = {"x25519"};

    /** What both ends do fastest comes first: 128 bits are as safe as the rest of it, and cost less than 256. */
    private static final String[] CIPHERS = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
    };

    private final ServerAddress server;
    private final Trust trust;

    Dialer(ServerAddress server, Trust trust) {
        this.server = server;
        this.trust = trust;
    }

    /**
     * Connects, and asks the user about a server that nobody vouches for. The question comes between two connections:
     * no server waits for a person in the middle of a handshake.
     */
    SSLSocket dial() throws IOException {
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
    private SSLSocket shakeHands(ServerKeyCheck check) throws IOException {
        var parameters = new SSLParameters(CIPHERS, new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setApplicationProtocols(new String[] {ALPN});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setNamedGroups(QUICK_GROUP);
        try {
            return shakeHands(check, parameters);
        } catch (SSLHandshakeException | SSLProtocolException refused) {
            if (check.seen().isPresent()) {
                throw refused;
            }
            parameters.setNamedGroups(null);
            return shakeHands(check, parameters);
        }
    }

    private SSLSocket shakeHands(ServerKeyCheck check, SSLParameters parameters) throws IOException {
        var plain = connect();
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {check}, null);
            var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, server.host(), server.port(), true);
            socket.setSSLParameters(parameters);
            socket.setSoTimeout((int) HANDSHAKE.toMillis());
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException noTls) {
            plain.close();
            throw new CannotConnectException("this Java platform cannot speak TLS", noTls);
        } catch (SocketTimeoutException silent) {
            plain.close();
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
    private Socket connect() throws IOException {
        IOException last = new UnknownHostException(server.host());
        for (var address : addresses()) {
            var socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.setKeepAlive(true);
                socket.connect(new InetSocketAddress(address, server.port()), (int) CONNECT.toMillis());
                return socket;
            } catch (IOException failure) {
                socket.close();
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
}
