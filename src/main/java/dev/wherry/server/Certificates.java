package dev.wherry.server;

import dev.wherry.config.Config;
import dev.wherry.fault.Fault;
import dev.wherry.path.Sha256;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The certificate that every door shows: the configured one, else one of our own making, which the first start leaves
 * in the data folder for the later ones.
 *
 * @param certificateFile PEM, the server's own certificate first
 * @param keyFile PEM
 * @param fingerprint of the public key, {@code SHA256:} and base64 of the SHA-256 of its SubjectPublicKeyInfo (DER):
 *     what clients pin, so that a renewed certificate with the same key is still known
 * @param browserFingerprint SHA-256 of the certificate as browsers show it, {@code AB:3C:…}
 * @param names that it is valid for, as it states them
 * @param expires when it is no longer valid
 */
public record Certificates(
        Path certificateFile,
        Path keyFile,
        String fingerprint,
        String browserFingerprint,
        List<String> names,
        Instant expires) {
    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);

    public Certificates {
        names = List.copyOf(names);
    }

    /**
     * Reads the certificate that is configured, or makes or renews the server's own. Blocks; for the start.
     *
     * @param data the server's own folder, made if it is not there
     * @throws dev.wherry.fault.FaultException saying which file is at fault and what to change
     */
    public static Certificates prepare(Config.Tls tls, Path data, Machine machine, InstantSource clock) {
        if (tls.certificateFile().isPresent() && tls.keyFile().isPresent()) {
            var files = new PemFiles(tls.certificateFile().get(), tls.keyFile().get());
            return of(files);
        }
        if (tls.certificateFile().isPresent() || tls.keyFile().isPresent()) {
            throw Fault.UNAVAILABLE.because(
                    "tls.certificateFile and tls.keyFile belong together: set both, or neither for a certificate that"
                            + " the server makes");
        }
        var folder = data.resolve("tls");
        return own(
                new PemFiles(folder.resolve("certificate.pem"), folder.resolve("key.pem")), machine, clock.instant());
    }

    /** For the options of a server's socket. */
    public PemKeyCertOptions keyCertOptions() {
        return new PemKeyCertOptions().addCertPath(certificateFile.toString()).addKeyPath(keyFile.toString());
    }

    /** The key is kept for as long as it is there: clients have pinned it. */
    private static Certificates own(PemFiles files, Machine machine, Instant now) {
        var folder = files.key().toAbsolutePath().resolveSibling("");
        try {
            if (!Files.exists(files.key()) && !Files.exists(files.certificate())) {
                make(folder, files, machine, now);
            }
            if (!Files.exists(files.key()) || !Files.exists(files.certificate())) {
                throw Fault.UNAVAILABLE.because("of key and certificate in " + folder + " only one is left; restore the"
                        + " other, or remove that folder: clients will then be asked to trust a new key");
            }
            var expires = files.readCertificate().getNotAfter().toInstant();
            if (expires.isBefore(now.plus(RENEWED_BEFORE))) {
                renew(files, machine, now);
            }
            return of(files);
        } catch (IOException | GeneralSecurityException failure) {
            throw Fault.UNAVAILABLE.because(
                    "no certificate could be made in " + folder + ": " + failure.getMessage(), failure);
        }
    }

    /** Key and certificate appear together, with their folder, so that a start that was cut short leaves neither. */
    private static void make(Path folder, PemFiles files, Machine machine, Instant now)
            throws IOException, GeneralSecurityException {
        Files.createDirectories(folder.resolveSibling(""), WholeFile.posix("rwx------"));
        var draft = Files.createTempDirectory(folder.resolveSibling(""), ".tls-", WholeFile.posix("rwx------"));
        var key = SelfSigned.key();
        var certificate = SelfSigned.certificate(key, machine, now);
        WholeFile.write(
                draft.resolve(files.key().getFileName()),
                PemFiles.pem("PRIVATE KEY", key.getPrivate().getEncoded()),
                "rw-------");
        WholeFile.write(
                draft.resolve(files.certificate().getFileName()),
                PemFiles.pem("CERTIFICATE", certificate.getEncoded()),
                "rw-r--r--");
        Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void renew(PemFiles files, Machine machine, Instant now)
            throws IOException, GeneralSecurityException {
        var key = new KeyPair(files.readCertificate().getPublicKey(), files.readKey());
        var certificate = SelfSigned.certificate(key, machine, now);
        WholeFile.write(files.certificate(), PemFiles.pem("CERTIFICATE", certificate.getEncoded()), "rw-r--r--");
    }

    private static Certificates of(PemFiles files) {
        files.refuseIfOthersCanReadTheKey();
        var certificate = files.readCertificate();
        files.refuseUnlessTheyBelongTogether(certificate);
        try {
            return new Certificates(
                    files.certificate(),
                    files.key(),
                    "SHA256:"
                            + Base64.getEncoder()
                                    .encodeToString(
                                            sha256(certificate.getPublicKey().getEncoded())),
                    HexFormat.ofDelimiter(":").withUpperCase().formatHex(sha256(certificate.getEncoded())),
                    PemFiles.names(certificate),
                    certificate.getNotAfter().toInstant());
        } catch (CertificateEncodingException failure) {
            throw Fault.UNAVAILABLE.because("the certificate " + files.certificate() + " cannot be read", failure);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        return Sha256.digest().digest(bytes);
    }
}
