package dev.wherry.client;

import dev.wherry.fault.Fault;
import dev.wherry.path.Sha256;
import java.security.cert.Certificate;
import java.util.Base64;

/**
 * The SHA-256 of a server's public key (its DER SubjectPublicKeyInfo), in base64 after {@code SHA256:}. It is of the
 * key and not of the certificate, so that it outlives renewal.
 */
public record Fingerprint(String text) {
    private static final String PREFIX = "SHA256:";
    private static final int BYTES = 32;

    /** Reads what a server printed or a user typed; the padding at the end may be left out, as SSH does. */
    public static Fingerprint parse(String text) {
        var trimmed = text.strip();
        if (trimmed.startsWith(PREFIX)) {
            try {
                var bytes = Base64.getDecoder().decode(trimmed.substring(PREFIX.length()));
                if (bytes.length == BYTES) {
                    return of(bytes);
                }
            } catch (IllegalArgumentException notBase64) {
                // Said below, as for every other text that is none.
            }
        }
        throw Fault.MALFORMED.because("\"" + trimmed
                + "\" is no fingerprint: it is \"SHA256:\" and 44 characters, as the server prints it at its start");
    }

    static Fingerprint of(Certificate certificate) {
        return of(Sha256.digest().digest(certificate.getPublicKey().getEncoded()));
    }

    private static Fingerprint of(byte[] digest) {
        return new Fingerprint(PREFIX + Base64.getEncoder().encodeToString(digest));
    }

    @Override
    public String toString() {
        return text;
    }
}
