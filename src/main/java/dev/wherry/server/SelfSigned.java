package dev.wherry.server;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes the key and the certificate of a server that nobody has vouched for (RFC 5280; names in the SAN, RFC 6125). */
final class SelfSigned {
    /**
     * For a signature with P-256 a Java client first makes a table of the curve's multiples, which takes longer than
     * the rest of its handshake. It has none for P-384: a short command ends a sixth sooner.
     */
    private static final String CURVE = "secp384r1";

    private static final Duration LIFE = Duration.ofDays(3652);
    /** Clocks differ: a client whose clock is behind must not take a new certificate for one of the future. */
    private static final Duration HEAD_START = Duration.ofDays(1);

    private static final int SERIAL_BITS = 127;

    private SelfSigned() {}

    static KeyPair key() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(CURVE));
        return generator.generateKeyPair();
    }

    /** A certificate for every name by which the machine is reached today, for ten years. */
    static X509Certificate certificate(KeyPair key, Machine machine, Instant now) throws GeneralSecurityException {
        var subject = new X500Name("CN=Wherry");
        var extensions = new JcaX509ExtensionUtils();
        try {
            var builder = new JcaX509v3CertificateBuilder(
                            subject,
                            new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE),
                            Date.from(now.minus(HEAD_START)),
                            Date.from(now.plus(LIFE)),
                            subject,
                            key.getPublic())
                    .addExtension(Extension.subjectAlternativeName, false, names(machine))
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            extensions.createSubjectKeyIdentifier(key.getPublic()));
            var signer = new JcaContentSignerBuilder("SHA384withECDSA").build(key.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (IOException | OperatorCreationException failure) {
            throw new GeneralSecurityException("no certificate could be made", failure);
        }
    }

    private static GeneralNames names(Machine machine) throws UnknownHostException {
        var names = new ArrayList<GeneralName>();
        var hosts = new LinkedHashSet<>(machine.names());
        hosts.add("localhost");
        hosts.forEach(host -> names.add(new GeneralName(GeneralName.dNSName, host)));
        var addresses = new LinkedHashSet<String>();
        addresses.add("127.0.0.1");
        addresses.add("::1");
        for (var address : machine.addresses()) {
            addresses.add(withoutScope(address));
        }
        addresses.forEach(address -> names.add(new GeneralName(GeneralName.iPAddress, address)));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    private static String withoutScope(InetAddress address) throws UnknownHostException {
        return InetAddress.getByAddress(address.getAddress()).getHostAddress();
    }
}
