package dev.wherry.client;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * What seals the records of one connection. The platform's engine is ready soonest; BoringSSL takes a tenth of a second
 * more to load, and earns it back within some dozen megabytes, because Java need not compile it first.
 */
record Seal(SSLEngine engine, boolean direct) {
    private static final String ALPN = "wherry/1";

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

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

    /**
     * The one group for which a key costs nothing to speak of. With P-256 among them the JDK would make a key for that
     * too, and a table of its multiples first: a third of the time of a short command.
     */
    private static final String[] QUICK_GROUP = {"x25519"};

    /** @param quick with the quick group alone, which a server may lack */
    static Seal ofPlatform(ServerAddress server, TrustManager trust, boolean quick) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trust}, null);
        var engine = context.createSSLEngine(server.host(), server.port());
        engine.setUseClientMode(true);
        var parameters = new SSLParameters(CIPHERS, PROTOCOLS);
        parameters.setApplicationProtocols(new String[] {ALPN});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (quick) {
            parameters.setNamedGroups(QUICK_GROUP);
        }
        engine.setSSLParameters(parameters);
        return new Seal(engine, false);
    }

    /** Whether {@link #ofBoringSsl} can be used here; finding out loads it. */
    static boolean hasBoringSsl() {
        // What Netty has to tell is for its makers; the server's way of logging would take longer to load than
        // BoringSSL.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        return OpenSsl.isAvailable();
    }

    static Seal ofBoringSsl(ServerAddress server, TrustManager trust) throws SSLException {
        var context = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .trustManager(trust)
                .protocols(PROTOCOLS)
                .endpointIdentificationAlgorithm("HTTPS")
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        List.of(ALPN)))
                .build();
        return new Seal(context.newEngine(UnpooledByteBufAllocator.DEFAULT, server.host(), server.port()), true);
    }

    ByteBuffer buffer(int bytes) {
        return direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
    }
}
