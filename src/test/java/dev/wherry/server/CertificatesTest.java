package dev.wherry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.config.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificatesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private Machine machine;

    @BeforeEach
    void nameTheMachine() throws IOException {
        machine = new Machine(
                List.of("demo.example.org", "demo", "demo.local"),
                List.of(InetAddress.getByName("192.0.2.20"), InetAddress.getByName("2001:db8::20")));
    }

    @Test
    void theFirstStartMakesACertificateForEveryNameOfTheMachine() {
        var made = prepare(NOW);

        assertThat(made.names())
                .contains("demo.example.org", "demo", "demo.local", "localhost", "127.0.0.1", "192.0.2.20")
                .contains("0:0:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:20");
        assertThat(made.expires()).isBetween(NOW.plus(Duration.ofDays(3650)), NOW.plus(Duration.ofDays(3653)));
    }

    @Test
    void theFingerprintsAreThoseThatOtherToolsCompute() throws GeneralSecurityException {
        var made = prepare(NOW);
        var certificate = new PemFiles(made.certificateFile(), made.keyFile()).readCertificate();

        assertThat(made.fingerprint()).matches("SHA256:[A-Za-z0-9+/]{43}=");
        assertThat(Base64.getDecoder().decode(made.fingerprint().substring("SHA256:".length())))
                .isEqualTo(sha256(certificate.getPublicKey().getEncoded()));
        assertThat(made.browserFingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
        assertThat(HexFormat.ofDelimiter(":").withUpperCase().parseHex(made.browserFingerprint()))
                .isEqualTo(sha256(certificate.getEncoded()));
    }

    @Test
    void theKeyIsForTheServerAlone() throws IOException {
        var made = prepare(NOW);

        assertThat(permissions(made.keyFile())).isEqualTo("rw-------");
        assertThat(permissions(folder.resolve("data/tls"))).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("data"))).isEqualTo("rwx------");
    }

    @Test
    void laterStartsShowTheSameCertificate() {
        var first = prepare(NOW);

        assertThat(prepare(NOW.plus(Duration.ofDays(1000)))).isEqualTo(first);
    }

    @Test
    void aCertificateThatRunsOutIsRenewedWithTheKeyThatClientsKnow() {
        var first = prepare(NOW);
        var later = first.expires().minus(Duration.ofDays(5));

        var renewed = prepare(later);

        assertThat(renewed.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(renewed.browserFingerprint()).isNotEqualTo(first.browserFingerprint());
        assertThat(renewed.expires()).isAfter(later.plus(Duration.ofDays(3650)));
    }

    @Test
    void aKeyThatIsGoneIsNotSilentlyMadeAnew() throws IOException {
        Files.delete(prepare(NOW).keyFile());

        assertThatThrownBy(() -> prepare(NOW)).hasMessageContaining("only one is left");
    }

    @Test
    void aKeyThatEveryoneCanReadIsRefused() throws IOException {
        var key = prepare(NOW).keyFile();
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> prepare(NOW)).hasMessageContaining("chmod 600 " + key);
    }

    @Test
    void aConfiguredCertificateIsUsedAsItIs() throws IOException {
        var made = prepare(NOW);
        var certificate = Files.copy(made.certificateFile(), folder.resolve("server.crt"));
        var key = Files.copy(made.keyFile(), folder.resolve("server.key"));

        var used = prepare(new Config.Tls(Optional.of(certificate), Optional.of(key), "1.3"), NOW);

        assertThat(used.certificateFile()).isEqualTo(certificate);
        assertThat(used.fingerprint()).isEqualTo(made.fingerprint());
    }

    @Test
    void aConfiguredKeyOfAnotherCertificateIsRefused() throws Exception {
        var made = prepare(NOW);
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        var stranger = folder.resolve("other.pem");
        WholeFile.write(
                stranger,
                PemFiles.pem(
                        "PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded()),
                "rw-------");
        var tls = new Config.Tls(Optional.of(made.certificateFile()), Optional.of(stranger), "1.3");

        assertThatThrownBy(() -> prepare(tls, NOW)).hasMessageContaining("does not belong to the certificate");
    }

    @Test
    void aCertificateWithoutItsKeyIsAMistakeInTheConfiguration() {
        var tls = new Config.Tls(Optional.of(folder.resolve("server.crt")), Optional.empty(), "1.3");

        assertThatThrownBy(() -> prepare(tls, NOW)).hasMessageContaining("belong together");
    }

    @Test
    void aFileThatIsNoCertificateIsNamed() throws IOException {
        var made = prepare(NOW);
        var nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nothing of the kind");
        var tls = new Config.Tls(Optional.of(nonsense), Optional.of(made.keyFile()), "1.3");

        assertThatThrownBy(() -> prepare(tls, NOW)).hasMessageContaining("nonsense.pem");
    }

    @Test
    void aMachineIsKnownByItsFullNameItsLabelAndItsLocalName() {
        assertThat(Machine.namesOf("Demo.Example.org\n")).containsExactly("demo.example.org", "demo", "demo.local");
        assertThat(Machine.namesOf("demo")).containsExactly("demo", "demo.local");
        assertThat(Machine.namesOf("localhost")).isEmpty();
        assertThat(Machine.namesOf("192.0.2.1")).isEmpty();
        assertThat(Machine.namesOf("not a name")).isEmpty();
    }

    private Certificates prepare(Instant now) {
        return prepare(new Config.Tls(Optional.empty(), Optional.empty(), "1.3"), now);
    }

    private Certificates prepare(Config.Tls tls, Instant now) {
        return Certificates.prepare(tls, folder.resolve("data"), machine, InstantSource.fixed(now));
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
