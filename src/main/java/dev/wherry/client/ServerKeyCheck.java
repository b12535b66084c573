package dev.wherry.client;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides in the handshake: a pinned key must match, and then nothing else matters; without a pin the certificate must
 * come from an authority of the platform and name the host. What it saw is kept, for whoever asks the user afterwards.
 */
final class ServerKeyCheck extends X509ExtendedTrustManager {
    private final Optional<Fingerprint> pinned;

    /** Written and read by the thread that shakes hands. */
    private @Nullable Fingerprint seen;

    ServerKeyCheck(Optional<Fingerprint> pinned) {
        this.pinned = pinned;
    }

    /** The key that the server showed, once it has. */
    Optional<Fingerprint> seen() {
        return Optional.ofNullable(seen);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        var shown = Fingerprint.of(chain[0]);
        seen = shown;
        if (pinned.isEmpty()) {
            // Loaded only here: reading the platform's authorities costs more than the rest of the start.
            authorities().checkServerTrusted(chain, authType, engine);
        } else if (!pinned.get().equals(shown)) {
            throw new CertificateException("the server's key is not the pinned one");
        }
    }

    private static X509ExtendedTrustManager authorities() throws CertificateException {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException failure) {
            throw new CertificateException("the platform's certificate authorities cannot be read", failure);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("only engines are used here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("only engines are used here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
