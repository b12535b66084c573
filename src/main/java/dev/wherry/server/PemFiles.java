package dev.wherry.server;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** A certificate and its key as they lie on disk (RFC 7468). */
record PemFiles(Path certificate, Path key) {
    private static final int LINE = 64;

    static String pem(String what, byte[] der) {
        var lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    /** The server's own certificate, which comes first; what follows it is the chain. */
    X509Certificate readCertificate() {
        try (var input = Files.newInputStream(certificate)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(input);
        } catch (IOException | CertificateException failure) {
            throw unusable(certificate, "is no certificate in PEM form that can be read", failure);
        }
    }

    /** PKCS #8, or the older forms of OpenSSL. */
    PrivateKey readKey() {
        try (var reader = Files.newBufferedReader(key, StandardCharsets.UTF_8);
                var parser = new PEMParser(reader)) {
            for (var found = parser.readObject(); found != null; found = parser.readObject()) {
                if (found instanceof PrivateKeyInfo plain) {
                    return new JcaPEMKeyConverter().getPrivateKey(plain);
                }
                if (found instanceof PEMKeyPair pair) {
                    return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
                }
            }
        } catch (IOException failure) {
            throw unusable(key, "is no key in PEM form that can be read", failure);
        }
        throw Fault.UNAVAILABLE.because("the file " + key + " holds no key without a password, in PEM form; write one"
                + " with: openssl pkey -in KEY -out " + key);
    }

    void refuseIfOthersCanReadTheKey() {
        var view = Files.getFileAttributeView(key, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        try {
            if (view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
                throw Fault.UNAVAILABLE.because(
                        "the key " + key + " can be read by everyone on this machine; run: chmod 600 " + key);
            }
        } catch (IOException failure) {
            throw unusable(key, "cannot be looked at", failure);
        }
    }

    /** Finds a key that was renewed without its certificate, or the reverse, before the first client does. */
    void refuseUnlessTheyBelongTogether(X509Certificate read) {
        try {
            if (signedBy(readKey(), read.getPublicKey())) {
                return;
            }
        } catch (GeneralSecurityException failure) {
            throw unusable(key, "is no key that can sign for " + certificate, failure);
        }
        throw Fault.UNAVAILABLE.because("the key " + key + " does not belong to the certificate " + certificate);
    }

    private static boolean signedBy(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        var algorithm = switch (publicKey.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> publicKey.getAlgorithm();
        };
        var sample = "wherry".getBytes(StandardCharsets.US_ASCII);
        var signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(sample);
        var verifier = Signature.getInstance(algorithm);
        verifier.initVerify(publicKey);
        verifier.update(sample);
        return verifier.verify(signer.sign());
    }

    /** The DNS names and addresses that a certificate states, in its own order. */
    static List<String> names(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            if (names == null) {
                return List.of();
            }
            return names.stream()
                    .map(name -> name.get(1))
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        } catch (CertificateException unreadable) {
            return List.of();
        }
    }

    private static FaultException unusable(Path file, String why, Exception cause) {
        return Fault.UNAVAILABLE.because("the file " + file + " " + why + ": " + cause.getMessage(), cause);
    }
}
