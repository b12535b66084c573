package dev.wherry.client;

import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import dev.wherry.protocol.ChunkHeader;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.ReplyLine;
import dev.wherry.protocol.Request;
import dev.wherry.protocol.RequestLine;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** The other end of a connection on a real TLS socket, which does just what a test tells it to. */
public final class Peer implements AutoCloseable {
    private final SSLServerSocket listener;
    private final Certificate certificate;
    private final Script script;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private Peer(SSLServerSocket listener, Certificate certificate, Script script) {
        this.listener = listener;
        this.certificate = certificate;
        this.script = script;
    }

    /** Listens on a free port; every connection runs the script after the greeting. */
    public static Peer running(Script script) {
        return running(0, script);
    }

    static Peer running(int port, Script script) {
        return running(port, script, listener -> {});
    }

    static Peer running(int port, Script script, Consumer<SSLParameters> tls) {
        try {
            var keys = keys();
            var certificate = certificate(keys);
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("peer", keys.getPrivate(), new char[0], new Certificate[] {certificate});
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            var listener = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(port, 50, InetAddress.getLoopbackAddress());
            var parameters = listener.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"wherry/1"});
            tls.accept(parameters);
            listener.setSSLParameters(parameters);
            var peer = new Peer(listener, certificate, script);
            Thread.ofPlatform().daemon().start(peer::accept);
            return peer;
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair keys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static Certificate certificate(KeyPair keys) throws GeneralSecurityException, OperatorCreationException {
        var name = new X500Name("CN=peer");
        var now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                name,
                keys.getPublic());
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    public ServerAddress address() {
        return new ServerAddress("127.0.0.1", listener.getLocalPort());
    }

    public Fingerprint fingerprint() {
        return Fingerprint.of(certificate);
    }

    /** Trusts this peer and no other. */
    public Trust trust() {
        return new Trust() {
            @Override
            public Optional<Pin> pin(ServerAddress server) {
                return Optional.of(new Pin(fingerprint(), "the test"));
            }

            @Override
            public boolean accepts(ServerAddress server, Fingerprint seen) {
                return false;
            }
        };
    }

    /** Every request that came, in order. */
    public List<Request> requests() {
        return requests;
    }

    /** What went wrong in scripts: a test that passes for the wrong reason shows it here. */
    public List<Throwable> failures() {
        return failures;
    }

    private void accept() {
        try {
            while (true) {
                var socket = (SSLSocket) listener.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            var call = new Call(socket);
            call.send(new Reply.Greeting(1, Map.of("server", "peer")));
            script.run(call);
        } catch (IOException gone) {
            // The client has left, as it may.
        } catch (RuntimeException | Error failure) {
            failures.add(failure);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What to do on one connection; it is closed afterwards. */
    public interface Script {
        void run(Call call) throws IOException;
    }

    /** A data phase: what came, and how it ended. */
    @SuppressWarnings("ArrayRecordComponent")
    public record DataPhase(byte[] content, ChunkHeader end) {
        public boolean isWhole() {
            return end instanceof ChunkHeader.End whole && whole.digest().equals(Optional.of(sha256(content)));
        }
    }

    public static Sha256 sha256(byte[] content) {
        var digest = Sha256.digest();
        digest.update(content);
        return Sha256.of(digest);
    }

    /** One connection, seen from the server. */
    public final class Call {
        private final SSLSocket socket;
        private final InputStream in;
        private final OutputStream out;

        Call(SSLSocket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream(), 65_536);
            this.out = socket.getOutputStream();
        }

        /** The next request; none at the end. */
        public @Nullable Request next() throws IOException {
            var line = line();
            if (line == null) {
                return null;
            }
            var request = RequestLine.parse(line);
            requests.add(request);
            return request;
        }

        private @Nullable String line() throws IOException {
            var line = new ByteArrayOutputStream();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    return null;
                }
                line.write(b);
            }
            return line.toString(StandardCharsets.UTF_8);
        }

        public void send(Reply reply) throws IOException {
            raw(ReplyLine.write(reply) + "\n");
        }

        public void refuse(FaultException fault) throws IOException {
            send(new Reply.Err(fault));
        }

        public void raw(String text) throws IOException {
            raw(text.getBytes(StandardCharsets.UTF_8));
        }

        public void raw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        public void sendChunk(byte[] bytes) throws IOException {
            raw(bytes.length + "\n");
            raw(bytes);
        }

        /** Sends back so many bytes as they come. */
        void echo(int bytes) throws IOException {
            var buffer = new byte[33_333];
            for (int left = bytes; left > 0; ) {
                int count = in.read(buffer, 0, Math.min(left, buffer.length));
                if (count < 0) {
                    throw new IOException("the client left " + left + " bytes before the end");
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }

        /** The next line of a data phase. */
        public ChunkHeader nextHeader() throws IOException {
            var line = line();
            if (line == null) {
                throw new IOException("the client left in the middle of a data phase");
            }
            return ChunkHeader.parse(line);
        }

        public byte[] content(ChunkHeader.Bytes header) throws IOException {
            return in.readNBytes(header.count());
        }

        /** Reads to the end mark, or to where the client gave up. */
        public DataPhase dataPhase() throws IOException {
            var content = new ByteArrayOutputStream();
            while (true) {
                var header = nextHeader();
                switch (header) {
                    case ChunkHeader.Bytes bytes -> content.writeBytes(content(bytes));
                    case ChunkHeader.KeepAlive ignored -> {}
                    default -> {
                        return new DataPhase(content.toByteArray(), header);
                    }
                }
            }
        }

        /** Cuts the connection without a word. */
        public void cut() throws IOException {
            socket.close();
        }
    }
}
